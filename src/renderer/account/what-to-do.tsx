import type { AccountView, AppState } from '../../contract/state.ts';
import { Title } from '../common/title.tsx';
import { ClientFile } from '../sign-in/client-file.tsx';
import { SignInOutcome } from '../sign-in/sign-in-outcome.tsx';
import { SignInPanel } from '../sign-in/sign-in-panel.tsx';
import { signInPlace } from '../sign-in/sign-in-place.ts';
import { signInTitle } from '../sign-in/sign-in-words.ts';
import { ConnectionAction } from './connection-action.tsx';
import { LikelyReasons } from './likely-reasons.tsx';
import { Warning } from './warning.tsx';

interface Props {
  readonly state: AppState;
  readonly view: AccountView;
  readonly onRetention: () => void;
}

/** What can be done about an account's connection, what is being done, and what it came to. */
export function WhatToDo({ state, view, onRetention }: Props) {
  const { signIn, setup, accounts } = state;
  const here = signInPlace(signIn, accounts) === view.account.id;
  const signingIn = here && signIn.kind !== 'idle';
  return (
    <>
      <Warning view={view} signingIn={signingIn} onRetention={onRetention} />
      {signingIn ? (
        <div className="inset">
          <Title key={signInTitle(signIn)} level="h3">
            {signInTitle(signIn)}
          </Title>
          <SignInPanel signIn={signIn} />
        </div>
      ) : setup.kind === 'client-missing' ? (
        // Without a client nobody can sign in; where there are several accounts that is said once, above them.
        accounts.length === 1 && <ClientFile problem={setup.problem} />
      ) : (
        <ConnectionAction view={view} />
      )}
      {here && signIn.kind === 'idle' && <SignInOutcome signIn={signIn} accounts={accounts} />}
      {!signingIn && view.connection.kind === 'needs-reconnect' && <LikelyReasons reasons={view.connection.likely} />}
    </>
  );
}

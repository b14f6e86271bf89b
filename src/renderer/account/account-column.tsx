import { type ReactNode, useRef } from 'react';
import type { AppState } from '../../contract/state.ts';
import { ClientFile } from '../sign-in/client-file.tsx';
import { signInPlace } from '../sign-in/sign-in-place.ts';
import { PauseCard } from '../sync/pause-card.tsx';
import { Restarting } from '../sync/restarting.tsx';
import { fileTrouble } from '../sync/storage-trouble.ts';
import { SyncCard } from '../sync/sync-card.tsx';
import { SyncTrouble } from '../sync/sync-trouble.tsx';
import { copyTitle } from '../sync/sync-words.ts';
import { AccountAdded } from './account-added.tsx';
import { AccountCard } from './account-card.tsx';
import { AccountTools } from './account-tools.tsx';
import { AddAccount } from './add-account.tsx';
import { AddingAccount } from './adding-account.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { WhatToDo } from './what-to-do.tsx';

interface AccountsProps {
  readonly state: AppState;
  readonly pausedUntil: number | null;
  readonly onCredentials: (accountId: string) => void;
  readonly onRetention: () => void;
}

interface Props extends AccountsProps {
  /** What is to be said of no account in particular. */
  readonly children: ReactNode;
}

/** How every account stands, and what can be done about it. */
export function AccountColumn({ children, ...props }: Props) {
  const { state, pausedUntil } = props;
  const { signIn, accounts } = state;
  const column = useRef<HTMLElement>(null);
  const adding = signIn.kind !== 'idle' && signInPlace(signIn, accounts) === null;
  return (
    <aside ref={column} aria-label="Account and sync" tabIndex={-1}>
      {pausedUntil !== null && <PauseCard until={pausedUntil} onResumed={() => column.current?.focus()} />}
      {children}
      <AddingAccount state={state} />
      <AccountAdded state={state} />
      {accounts.length === 1 ? <OneAccount {...props} /> : <SeveralAccounts {...props} />}
      <div className="tools last">
        <AddAccount disabled={adding} />
      </div>
    </aside>
  );
}

function OneAccount({ state, pausedUntil, onCredentials, onRetention }: AccountsProps) {
  return state.accounts.map((view) => (
    <div key={view.account.id} className="column" data-account={view.account.id}>
      <ConnectionCard connection={view.connection} of={null}>
        <WhatToDo state={state} view={view} onRetention={onRetention} />
      </ConnectionCard>
      <SyncCard view={view} daemon={state.daemon} paused={pausedUntil !== null} of={null} />
      <AccountTools account={view.account} onCredentials={() => onCredentials(view.account.id)} />
    </div>
  ));
}

function SeveralAccounts({ state, pausedUntil, onCredentials, onRetention }: AccountsProps) {
  const { accounts, setup, daemon } = state;
  const trouble = fileTrouble(accounts);
  return (
    <>
      {setup.kind === 'client-missing' && <ClientFile problem={setup.problem} />}
      <Restarting daemon={daemon} />
      {trouble && (
        <section className="card" aria-label={copyTitle} data-tone="bad" data-emphasis="true">
          <SyncTrouble failure={trouble} />
        </section>
      )}
      {accounts.map((view) => (
        <AccountCard
          key={view.account.id}
          state={state}
          view={view}
          paused={pausedUntil !== null}
          onCredentials={() => onCredentials(view.account.id)}
          onRetention={onRetention}
        />
      ))}
    </>
  );
}

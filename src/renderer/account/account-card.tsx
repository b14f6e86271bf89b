import type { AccountView, AppState } from '../../contract/state.ts';
import { SyncCard } from '../sync/sync-card.tsx';
import { AccountPicture } from './account-picture.tsx';
import { AccountTools } from './account-tools.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { connectionWords, needsAction } from './connection-words.ts';
import { WhatToDo } from './what-to-do.tsx';

interface Props {
  readonly state: AppState;
  readonly view: AccountView;
  readonly paused: boolean;
  readonly onCredentials: () => void;
  readonly onRetention: () => void;
}

/** One account among several: who it is, how it stands, what it holds. */
export function AccountCard({ state, view, paused, onCredentials, onRetention }: Props) {
  const { account, connection, warning } = view;
  const { id, name, email } = account;
  return (
    <article
      className="card"
      aria-label={email}
      data-account={id}
      data-tone={connectionWords(connection.kind).tone}
      data-emphasis={needsAction(connection.kind) || warning !== null}
    >
      <div className="account-head">
        <AccountPicture account={account} />
        <div className="person-words">
          <h2 tabIndex={-1}>{name || email}</h2>
          {name && <span>{email}</span>}
        </div>
      </div>
      <ConnectionCard connection={connection} of={email}>
        <WhatToDo state={state} view={view} onRetention={onRetention} />
      </ConnectionCard>
      <SyncCard view={view} daemon={state.daemon} paused={paused} of={email} />
      <AccountTools account={account} onCredentials={onCredentials} />
    </article>
  );
}

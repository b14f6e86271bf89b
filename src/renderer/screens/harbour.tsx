import type { Account } from '../../contract/account.ts';
import type { AppState } from '../../contract/state.ts';
import mark from '../assets/mooring.svg';
import { AgendaView } from '../parts/agenda-view.tsx';
import { ClientFile } from '../parts/client-file.tsx';
import { ConnectionAction } from '../parts/connection-action.tsx';
import { ConnectionCard } from '../parts/connection-card.tsx';
import { Disconnect } from '../parts/disconnect.tsx';
import { Person } from '../parts/person.tsx';
import { Rehearsal } from '../parts/rehearsal.tsx';
import { SignInPanel, signInTitle } from '../parts/sign-in-panel.tsx';
import { SyncCard } from '../parts/sync-card.tsx';
import { Title } from '../parts/title.tsx';
import { showsCopyOnly } from '../words/connection-words.ts';

/** The window of someone who has an account: how it stands on the left, what it holds on the right. */
export function Harbour({ state, account }: { state: AppState; account: Account }) {
  const { setup, connection, daemon, sync } = state;
  return (
    <div className="harbour">
      <header>
        <h1>
          <img src={mark} alt="" />
          Mooring
        </h1>
        <Rehearsal setup={setup} />
        <Person account={account} />
      </header>
      <aside aria-label="Account and sync">
        <ConnectionCard connection={connection}>
          <WhatToDo state={state} />
        </ConnectionCard>
        <SyncCard sync={sync} daemon={daemon} />
        <Disconnect email={account.email} />
      </aside>
      <main>
        <AgendaView sync={sync} daemon={daemon} copyOnly={showsCopyOnly(connection.kind)} />
      </main>
    </div>
  );
}

function WhatToDo({ state: { setup, connection, signIn, sync } }: { state: AppState }) {
  if (signIn.kind !== 'idle') {
    const title = signInTitle(signIn);
    return (
      <div className="inset">
        <Title key={title} level="h3">
          {title}
        </Title>
        <SignInPanel signIn={signIn} />
      </div>
    );
  }
  if (setup.kind === 'client-missing') return <ClientFile problem={setup.problem} />;
  return <ConnectionAction connection={connection} syncing={sync.running} outcome={signIn.outcome} />;
}

import { useEffect } from 'react';
import type { AppState } from '../../contract/state.ts';
import mark from '../assets/mooring.svg';
import { useDetour } from '../hooks/use-detour.ts';
import { AccountColumn } from '../parts/account-column.tsx';
import { AgendaView } from '../parts/agenda-view.tsx';
import { People } from '../parts/people.tsx';
import { Person } from '../parts/person.tsx';
import { Rehearsal } from '../parts/rehearsal.tsx';
import { CredentialLab } from './credential-lab.tsx';

/** The window of someone who has an account: how each stands on the left, what they hold on the right. */
export function Harbour({ state }: { state: AppState }) {
  const { setup, accounts, daemon } = state;
  const lab = useDetour<{ readonly accountId: string; readonly at: 'title' | 'retention' }>();
  // An account that has gone takes its page along.
  const studied = accounts.find(({ account }) => account.id === lab.place?.accountId);
  const [only, ...others] = accounts;
  // From the menu, nobody says whose: whoever needs something comes first.
  const wanted = accounts.find(({ connection }) => connection.action !== 'none') ?? only;
  const { go } = lab;
  const wantedId = wanted?.account.id;
  useEffect(
    () => window.mooring.onShowCredentials(() => wantedId !== undefined && go({ accountId: wantedId, at: 'title' })),
    [go, wantedId],
  );
  return (
    <div className="harbour">
      <header>
        <h1>
          <img src={mark} alt="" />
          Mooring
        </h1>
        <Rehearsal setup={setup} />
        {only && others.length === 0 ? <Person account={only.account} /> : <People accounts={accounts} />}
      </header>
      <AccountColumn
        state={state}
        onCredentials={(accountId) => lab.go({ accountId, at: 'title' })}
        onRetention={(accountId) => lab.go({ accountId, at: 'retention' })}
      />
      {/* The keys are there so that each page begins at its top. */}
      {studied && lab.place ? (
        <main key={`${studied.account.id}/${lab.place.at}`}>
          <CredentialLab
            view={studied}
            settings={state.settings}
            rehearsal={setup.kind === 'ready' && setup.rehearsal}
            at={lab.place.at}
            onBack={lab.back}
          />
        </main>
      ) : (
        <main key="agenda">
          <AgendaView accounts={accounts} daemon={daemon} />
        </main>
      )}
    </div>
  );
}

import { useEffect, useEffectEvent, useState } from 'react';
import type { Hit } from '../../contract/search.ts';
import type { AppState } from '../../contract/state.ts';
import type { Place } from '../../contract/window.ts';
import { AccountColumn } from '../account/account-column.tsx';
import { People } from '../account/people.tsx';
import { Person } from '../account/person.tsx';
import { showAccount } from '../account/show-account.ts';
import { type Opened, useFaces } from '../common/faces.ts';
import mark from '../common/mooring.svg';
import { Notices } from '../common/notices.tsx';
import { CredentialLab } from '../lab/credential-lab.tsx';
import { SearchDialog } from '../search/search-dialog.tsx';
import { ServiceNav } from '../service/service-nav.tsx';
import { ServiceRoom } from '../service/service-room.tsx';
import { Settings } from '../settings/settings.tsx';
import { RehearsalNote } from '../sign-in/rehearsal-note.tsx';
import { usePause } from '../sync/use-pause.ts';
import { UpdateNotice } from './update-notice.tsx';
import { useSidePage } from './use-side-page.ts';

type SidePage =
  | { readonly kind: 'credentials'; readonly accountId: string }
  | { readonly kind: 'settings'; readonly at: 'title' | 'retention' };

interface Props {
  readonly state: AppState;
  /** Where main wants to lead; null once that is done. */
  readonly place: Place | null;
  readonly onArrived: () => void;
}

/** The window of someone who has an account: how each stands on the left, what they hold on the right. */
export function Harbour({ state, place, onArrived }: Props) {
  const { setup, accounts, daemon, settings, notices, update } = state;
  const sidePage = useSidePage<SidePage>();
  const pausedUntil = usePause(settings.pausedUntil);
  const faces = useFaces();
  const [room, enter] = useState(Object.keys(faces)[0] ?? '');
  const [opened, setOpened] = useState<Opened | null>(null);
  const [searching, search] = useState(false);
  const face = faces[room];
  const [only, ...others] = accounts;
  const { page } = sidePage;
  const examinedId = page?.kind === 'credentials' ? page.accountId : null;
  // The credentials page of an account that has gone is shown no longer.
  const examined = accounts.find(({ account }) => account.id === examinedId);

  function openHit(service: string, { accountId, item }: Hit): void {
    search(false);
    sidePage.leave();
    enter(service);
    setOpened((last) => ({ accountId, item, nth: (last?.nth ?? 0) + 1 }));
  }

  const lead = useEffectEvent((to: Place) => {
    onArrived();
    switch (to.kind) {
      case 'account':
        sidePage.leave();
        return showAccount(to.accountId);
      case 'credentials': {
        // Nobody says whose: whoever needs something comes first.
        const wanted = accounts.find(({ connection }) => connection.action !== 'none') ?? only;
        return wanted && sidePage.open({ kind: 'credentials', accountId: wanted.account.id });
      }
      case 'settings':
        return sidePage.open({ kind: 'settings', at: 'title' });
      case 'search':
        return search(true);
      default:
        return to satisfies never;
    }
  });
  useEffect(() => {
    if (place) lead(place);
  }, [place]);

  return (
    <div className="harbour">
      <header>
        <h1>
          <img src={mark} alt="" />
          Mooring
        </h1>
        <RehearsalNote setup={setup} />
        {only && others.length === 0 ? <Person account={only.account} /> : <People accounts={accounts} />}
        <button type="button" className="plain" onClick={() => search(true)}>
          Search
        </button>
        <button type="button" className="plain" onClick={() => sidePage.open({ kind: 'settings', at: 'title' })}>
          Settings
        </button>
      </header>
      <AccountColumn
        state={state}
        pausedUntil={pausedUntil}
        onCredentials={(accountId) => sidePage.open({ kind: 'credentials', accountId })}
        onRetention={() => sidePage.open({ kind: 'settings', at: 'retention' })}
      >
        {update && <UpdateNotice update={update} />}
        <Notices notices={notices} />
      </AccountColumn>
      {/* The keys are there so that each page begins at its top. */}
      {examined ? (
        <main key={sidePage.nth}>
          <CredentialLab
            view={examined}
            rehearsal={setup.kind === 'ready' && setup.rehearsal}
            onBack={sidePage.close}
          />
        </main>
      ) : page?.kind === 'settings' ? (
        <main key={sidePage.nth}>
          <Settings state={state} pausedUntil={pausedUntil} at={page.at} onBack={sidePage.close} />
        </main>
      ) : (
        <main key={room}>
          <ServiceNav
            current={room}
            onOpen={(name) => {
              // What was opened there once is not opened again.
              setOpened(null);
              enter(name);
            }}
          />
          {face && <ServiceRoom name={room} face={face} accounts={accounts} daemon={daemon} opened={opened} />}
        </main>
      )}
      {searching && <SearchDialog accounts={accounts} daemon={daemon} onOpen={openHit} onClose={() => search(false)} />}
    </div>
  );
}

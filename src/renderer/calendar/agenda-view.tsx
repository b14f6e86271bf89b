import { useMemo, useState } from 'react';
import { Agenda, type AgendaRequest } from '../../contract/calendar.ts';
import type { AccountView, DaemonHealth } from '../../contract/state.ts';
import { idleSync } from '../../contract/sync.ts';
import { copyOnlyWords } from '../common/copy-only.ts';
import { addDays, dayTeller, dayWords } from '../common/days.ts';
import { Notice } from '../common/notice.tsx';
import { useNow } from '../common/use-now.ts';
import { type Query, useQuery } from '../common/use-query.ts';
import { AgendaDays } from './agenda-days.tsx';
import './agenda.css';
import { groupByDay } from './group-by-day.ts';
import { whoseItem } from './whose-item.ts';

const length = 14;

type Wish = { readonly accounts: string[]; readonly range: AgendaRequest };

const agenda: Query<Wish, Agenda> = {
  ask: ({ accounts, range }) => window.mooring.ask({ service: 'calendar', name: 'agenda', accounts, params: range }),
  result: Agenda,
  unreadable: {
    code: 'agenda-unreadable',
    sentence: 'The agenda could not be read. Quit Mooring and open it again.',
  },
};

/** What all accounts have planned, in one list. */
export function AgendaView({ accounts, daemon }: { accounts: readonly AccountView[]; daemon: DaemonHealth }) {
  const now = useNow(30_000);
  // Asked each time: people travel, and midnight comes.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const today = useMemo(() => dayTeller(timeZone), [timeZone])(now);
  const words = useMemo(() => dayWords(undefined), []);

  // Null follows today, also past midnight.
  const [chosen, choose] = useState<string | null>(null);
  const from = chosen ?? today;
  const to = addDays(from, length);
  const move = (days: number) => {
    const day = addDays(from, days);
    choose(day === today ? null : day);
  };

  const revisions = accounts.map((view) => `${view.account.id}:${calendarSync(view).revision}`).join();
  const { shown, current, problem } = useQuery(
    agenda,
    { accounts: accounts.map(({ account }) => account.id), range: { from, to, timeZone, after: null, limit: 500 } },
    `${revisions}/${daemon}`,
  );
  const copyOnly = copyOnlyWords(accounts);
  const days = useMemo(() => (shown ? groupByDay(shown.result.items, shown.params.range) : []), [shown]);

  return (
    <section className="agenda" aria-label="Agenda" aria-busy={!current && !problem}>
      <div className="agenda-head">
        <div aria-live="polite">
          <h2>{words.range(from, to)}</h2>
          {copyOnly !== null && <p className="quiet">{copyOnly}</p>}
        </div>
        <div className="buttons">
          <button
            type="button"
            aria-label="Previous two weeks"
            title="Previous two weeks"
            onClick={() => move(-length)}
          >
            <span className="chevron left" aria-hidden="true" />
          </button>
          <button type="button" disabled={chosen === null} onClick={() => choose(null)}>
            Today
          </button>
          <button type="button" aria-label="Next two weeks" title="Next two weeks" onClick={() => move(length)}>
            <span className="chevron right" aria-hidden="true" />
          </button>
        </div>
      </div>
      <Notice problem={problem} />
      {shown && days.length === 0 && (
        <Nothing firstSync={accounts.every((view) => calendarSync(view).lastSuccessAt === null)} />
      )}
      {shown && (
        <AgendaDays
          days={days}
          today={today}
          timeZone={shown.params.range.timeZone}
          words={words}
          whose={accounts.length > 1 ? whoseItem(accounts) : null}
        />
      )}
      {shown && shown.result.next !== null && (
        <p className="quiet">
          There is more than fits here: not every entry of these two weeks is shown. The copy has all of them.
        </p>
      )}
    </section>
  );
}

const calendarSync = ({ services }: AccountView) => services['calendar']?.sync ?? idleSync;

/** Before the first sync nobody knows whether anything is planned. */
function Nothing({ firstSync }: { firstSync: boolean }) {
  return <p className="nothing">{firstSync ? 'Nothing copied yet' : 'Nothing planned'}</p>;
}

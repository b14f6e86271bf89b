import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { type AgendaItem, mostItems } from '../../contract/calendar.ts';
import type { Problem } from '../../contract/problem.ts';
import type { AccountView } from '../../contract/state.ts';
import { copyOnlyWords } from '../common/copy-only.ts';
import { addDays, dayTeller, dayWords } from '../common/days.ts';
import type { Opened, ScreenProps } from '../common/faces.ts';
import { Notice } from '../common/notice.tsx';
import { useNow } from '../common/use-now.ts';
import { useQuery } from '../common/use-query.ts';
import { AgendaDays } from './agenda-days.tsx';
import './agenda.css';
import { emptyWords } from './empty-words.ts';
import { EventDialog } from './event-dialog.tsx';
import { findOccurrence } from './find-occurrence.ts';
import { groupByDay } from './group-by-day.ts';
import { MoreButton } from './more-button.tsx';
import { agendaQuery } from './read-agenda.ts';
import { shownRange } from './shown-range.ts';
import { skippedWords } from './skipped-words.ts';
import { whoseItem } from './whose-item.ts';

const length = 14;

/** Items that are read first: an answer of them. Reading on doubles them, so that all of it is read in linear time. */
const firstAmount = mostItems;

/** What all accounts have planned, in one list. */
export function AgendaView({ accounts, daemon, opened: found }: ScreenProps) {
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
  const [reached, reach] = useState({ from, amount: firstAmount });
  const amount = reached.from === from ? reached.amount : firstAmount;
  const [opened, open] = useState<AgendaItem | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const [missing, miss] = useState<Problem | null>(null);

  const lead = useEffectEvent(async (to: Opened, isWanted: () => boolean) => {
    const sought = await findOccurrence(to, now);
    if (!isWanted()) return;
    miss(sought.ok ? null : sought.problem);
    if (!sought.ok) return;
    const { when } = sought.item;
    choose(when.kind === 'all-day' ? when.start : dayTeller(timeZone)(when.start));
    open(sought.item);
  });
  useEffect(() => {
    let wanted = true;
    if (found) void lead(found, () => wanted);
    return () => {
      wanted = false;
    };
  }, [found]);

  const held = accounts.flatMap(copiedCalendar);
  const version = `${accounts.flatMap(({ services }) => services['calendar']?.sync.revision ?? 0).join()}/${daemon}`;
  const { shown, current, problem } = useQuery(
    agendaQuery,
    { accounts: accounts.map(({ account }) => account.id), range: { from, to, timeZone }, amount },
    version,
  );
  const range = useMemo(() => (shown ? shownRange(shown.params, shown.result) : null), [shown]);
  const days = useMemo(() => (shown && range ? groupByDay(shown.result.items, range) : []), [shown, range]);
  const copyOnly = copyOnlyWords(accounts, 'calendar');
  // Rows of other days stay until those that are wanted are there, under their own heading.
  const old = shown !== null && shown.params.range.from !== from;

  return (
    <section className="agenda" aria-label="Agenda" aria-busy={!current && !problem}>
      <div className="agenda-head">
        <div aria-live="polite">
          <h2>{range ? words.range(range.from, range.to) : words.range(from, to)}</h2>
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
      <Notice problem={problem ?? missing} />
      {shown && (
        <div ref={list} className="agenda-days" data-old={old}>
          {days.length === 0 && <p className="nothing">{emptyWords(held)}</p>}
          <AgendaDays
            days={days}
            today={today}
            timeZone={shown.params.range.timeZone}
            words={words}
            whose={accounts.length > 1 ? whoseItem(accounts) : null}
            onOpen={open}
          />
          {shown.result.skipped > 0 && <p className="quiet">{skippedWords(undefined, shown.result.skipped)}</p>}
          {shown.result.next !== null && !old && (
            <MoreButton
              amount={shown.result.items.length}
              pending={!current}
              onMore={() => reach({ from, amount: amount * 2 })}
              // The last entry stands where the button was.
              onFocusLost={() => [...(list.current?.querySelectorAll<HTMLElement>('.item') ?? [])].at(-1)?.focus()}
            />
          )}
        </div>
      )}
      {opened && (
        <EventDialog key={opened.key} item={opened} timeZone={timeZone} version={version} onClose={() => open(null)} />
      )}
    </section>
  );
}

/** How the calendars of an account are synced, unless none of them is copied nor was. */
function copiedCalendar({ services }: AccountView) {
  const view = services['calendar'];
  if (view === undefined) return [];
  return view.standing.kind === 'off' && view.sync.lastSuccessAt === null ? [] : [view.sync];
}

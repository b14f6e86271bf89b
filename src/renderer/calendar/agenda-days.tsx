import { type CSSProperties, useMemo } from 'react';
import type { AgendaItem } from '../../contract/calendar.ts';
import type { DayWords } from '../common/days.ts';
import type { AgendaDay, Entry } from './group-by-day.ts';
import { spanWords } from './span-words.ts';

interface Props {
  readonly days: readonly AgendaDay[];
  readonly today: string;
  readonly timeZone: string;
  readonly words: DayWords;
  /** Says whose an item is, where it could be more than one person’s. */
  readonly whose: ((item: AgendaItem) => string) | null;
}

export function AgendaDays({ days, today, timeZone, words, whose }: Props) {
  const span = useMemo(() => spanWords(undefined, timeZone), [timeZone]);
  return days.map(({ day, entries }) => (
    <section key={day} className="day" aria-labelledby={`day-${day}`} data-today={day === today}>
      <h3 id={`day-${day}`}>
        <time dateTime={day}>
          <span className="visually-hidden">{day === today ? `Today, ${words.full(day)}` : words.full(day)}</span>
          <span aria-hidden="true">{words.weekday(day)}</span>
          <strong aria-hidden="true">{words.date(day)}</strong>
          <span aria-hidden="true">{day === today ? 'Today' : words.month(day)}</span>
        </time>
      </h3>
      <ul>
        {entries.map((entry) => (
          <Item key={entry.item.key} entry={entry} when={span(entry.span)} whose={whose ? whose(entry.item) : null} />
        ))}
      </ul>
    </section>
  ));
}

function Item({ entry: { item }, when, whose }: { entry: Entry; when: string; whose: string | null }) {
  return (
    <li
      className="item"
      data-tentative={item.tentative}
      title={whose ?? item.calendarName}
      style={{ '--calendar': item.color } as CSSProperties}
    >
      <span className="item-time">{when}</span>
      <span className="item-words">
        <span className="item-title">
          {item.title || 'No title'}
          {item.tentative && <span className="chip">tentative</span>}
          {item.recurring && <Repeats />}
          {item.incomplete && <span className="chip">may repeat more often</span>}
        </span>
        {item.location && <span className="item-place">{item.location}</span>}
        {whose === null ? (
          <span className="visually-hidden">Calendar: {item.calendarName}</span>
        ) : (
          <span className="item-whose">
            <span className="visually-hidden">Calendar: </span>
            {whose}
          </span>
        )}
      </span>
    </li>
  );
}

function Repeats() {
  return (
    <svg className="repeats" viewBox="0 0 16 16" role="img" aria-label="repeats">
      <title>Repeats</title>
      <path d="M3 7a5 5 0 0 1 9-2.500M13 9a5 5 0 0 1-9 2.500M12.500 1.500v3h-3M3.500 14.500v-3h3" />
    </svg>
  );
}

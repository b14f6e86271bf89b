import { useMemo } from 'react';
import type { AgendaItem } from '../../contract/calendar.ts';
import type { DayWords } from '../common/days.ts';
import { AgendaEntry } from './agenda-item.tsx';
import type { AgendaDay } from './group-by-day.ts';
import { spanWords } from './span-words.ts';

interface Props {
  readonly days: readonly AgendaDay[];
  readonly today: string;
  readonly timeZone: string;
  readonly words: DayWords;
  /** Says whose an item is, where it could be more than one person’s. */
  readonly whose: ((item: AgendaItem) => string) | null;
  readonly onOpen: (item: AgendaItem) => void;
}

export function AgendaDays({ days, today, timeZone, words, whose, onOpen }: Props) {
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
        {entries.map(({ item, span: when }) => (
          <AgendaEntry
            key={item.key}
            item={item}
            when={span(when)}
            whose={whose ? whose(item) : null}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </section>
  ));
}

import type { CSSProperties } from 'react';
import type { AgendaItem } from '../../contract/calendar.ts';
import { chipsOf } from './item-words.ts';

interface Props {
  readonly item: AgendaItem;
  readonly when: string;
  /** Whose it is, where it could be more than one person’s. */
  readonly whose: string | null;
  readonly onOpen: (item: AgendaItem) => void;
}

export function AgendaEntry({ item, when, whose, onOpen }: Props) {
  return (
    <li>
      <button
        type="button"
        className="item"
        aria-haspopup="dialog"
        data-kind={item.kind}
        data-answer={item.answer}
        data-tentative={item.tentative || item.answer === 'tentative' || item.answer === 'unanswered'}
        title={whose ?? item.calendarName}
        style={{ '--calendar': item.color } as CSSProperties}
        onClick={() => onOpen(item)}
      >
        <span className="item-time">{when}</span>
        <span className="item-words">
          <span className="item-title">
            <bdi className="item-name">{item.title}</bdi>
            {chipsOf(item).map((chip) => (
              <span key={chip} className="chip">
                {chip}
              </span>
            ))}
            {item.recurring && <Repeats />}
          </span>
          {item.location && <bdi className="item-place">{item.location}</bdi>}
          {whose === null ? (
            <span className="visually-hidden">Calendar: {item.calendarName}</span>
          ) : (
            <span className="item-whose">
              <span className="visually-hidden">Calendar: </span>
              {whose}
            </span>
          )}
        </span>
      </button>
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

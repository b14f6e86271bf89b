import { type CSSProperties, useEffect, useId, useRef } from 'react';
import { type AgendaItem, EventDetails, type EventRequest } from '../../contract/calendar.ts';
import { Notice } from '../common/notice.tsx';
import { type Query, useQuery } from '../common/use-query.ts';
import './event-dialog.css';
import { EventFacts } from './event-facts.tsx';
import { chipsOf } from './item-words.ts';
import { whenWords } from './when-words.ts';

const eventQuery: Query<EventRequest, EventDetails | null> = {
  ask: (params) => window.mooring.ask({ service: 'calendar', name: 'event', accounts: [params.accountId], params }),
  result: EventDetails.nullable(),
  unreadable: {
    code: 'event-unreadable',
    sentence: 'The details of this event could not be read. Your copy is untouched. Quit Mooring and open it again.',
  },
};

interface Props {
  readonly item: AgendaItem;
  readonly timeZone: string;
  readonly version: string;
  readonly onClose: () => void;
}

/** All that is known of an event, in the browser's own modal dialog. */
export function EventDialog({ item, timeZone, version, onClose }: Props) {
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { accountId, calendarId, eventId, when } = item;
  const { shown, problem } = useQuery(eventQuery, { accountId, calendarId, eventId, start: when.start }, version);

  return (
    // Closed before it goes, so that the browser gives the focus back to the row.
    <dialog ref={dialog} className="event" aria-labelledby={title} onClose={onClose}>
      <div className="dialog-body" style={{ '--calendar': item.color } as CSSProperties}>
        <header>
          <h2 id={title} dir="auto" data-answer={item.answer}>
            {item.title}
          </h2>
          <p>{whenWords(undefined, timeZone, shown?.result?.when ?? when)}</p>
          <p className="quiet">
            <bdi>{item.calendarName}</bdi>
            {chipsOf(item).map((chip) => (
              <span key={chip} className="chip">
                {chip}
              </span>
            ))}
          </p>
        </header>
        <Notice problem={problem} />
        {shown?.result && <EventFacts details={shown.result} />}
        {shown && shown.result === null && (
          <p>This event is no longer in the copy: it was removed or moved at Google.</p>
        )}
        <div className="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
      </div>
    </dialog>
  );
}

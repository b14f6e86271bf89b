import { z } from 'zod';
import { Answer, EventKind } from '../../contract/calendar.ts';
import { shownText } from '../../contract/shown-text.ts';
import { StorageError } from '../store/problem.ts';
import { answerOf, kindOf } from './answers.ts';
import { type GoogleEvent, GoogleMoment } from './api.ts';
import { isReadable } from './series.ts';

/**
 * What an agenda is made of: kept beside the event as Google sent it, so that reading an agenda costs by what is shown
 * and not by what somebody put into an event.
 */
const Outline = z.strictObject({
  title: z.string(),
  location: z.string(),
  tentative: z.boolean(),
  kind: EventKind,
  /** The person's own; null where they were not invited. */
  answer: Answer.nullable(),
  /** Whether Google shows no more of it than when it is. */
  hidden: z.boolean(),
  colorId: z.string().nullable(),
  label: z.string().nullable(),
  start: GoogleMoment,
  end: GoogleMoment,
  /** Empty for a single event; null for a recurrence that is more than a calendar has any use for. */
  recurrence: z.array(z.string()).nullable(),
});
export type Outline = z.infer<typeof Outline>;

/** The outline of an event, as the mirror keeps it. */
export const outlineOf = (event: GoogleEvent): string => JSON.stringify(outlineFrom(event));

export function outlineFrom(event: GoogleEvent): Outline {
  return {
    title: shownText(event.summary ?? ''),
    location: shownText(event.location ?? ''),
    tentative: event.status === 'tentative',
    kind: kindOf(event.eventType),
    answer: ownAnswer(event),
    hidden: !event.summary && (event.visibility === 'private' || event.visibility === 'confidential'),
    colorId: event.colorId ?? null,
    label: event.eventLabelId?.slice(0, 1_000) ?? null,
    start: bareMoment(event.start),
    end: bareMoment(event.end),
    recurrence: isReadable(event.recurrence ?? []) ? (event.recurrence ?? []) : null,
  };
}

/**
 * Reads what {@link outlineOf} wrote. What does not parse was damaged since, in a place that SQLite does not check.
 * @throws {StorageError}
 */
export function readOutline(text: string): Outline {
  try {
    return Outline.parse(JSON.parse(text));
  } catch (error) {
    throw new StorageError('damaged', error);
  }
}

function ownAnswer({ attendees }: GoogleEvent): Outline['answer'] {
  const self = attendees?.find((guest) => guest?.self === true);
  return self ? answerOf(self.responseStatus) : null;
}

/** Without the fields that nobody here knows. */
function bareMoment(moment: GoogleMoment): GoogleMoment {
  if (!moment) return null;
  const { date, dateTime, timeZone } = moment;
  return { date, dateTime, timeZone };
}

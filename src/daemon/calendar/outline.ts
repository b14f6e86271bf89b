import { z } from 'zod';
import { shownText } from '../../contract/shown-text.ts';
import { StorageError } from '../store/problem.ts';
import { type GoogleEvent, GoogleMoment } from './api.ts';
import { readRules } from './recurrence-rule.ts';

/**
 * What an agenda is made of: kept beside the event as Google sent it, so that reading an agenda costs by what is shown
 * and not by what somebody put into an event.
 */
const Outline = z.strictObject({
  title: z.string(),
  location: z.string(),
  tentative: z.boolean(),
  start: GoogleMoment,
  end: GoogleMoment,
  /** Empty for a single event; null for a recurrence that is more than a calendar has any use for. */
  recurrence: z.array(z.string()).nullable(),
});
export type Outline = z.infer<typeof Outline>;

/** The outline of an event, as the mirror keeps it. */
export function outlineOf(event: GoogleEvent): string {
  const outline: Outline = {
    title: shownText(event.summary ?? ''),
    location: shownText(event.location ?? ''),
    tentative: event.status === 'tentative',
    start: bareMoment(event.start),
    end: bareMoment(event.end),
    recurrence: readRules(event.recurrence ?? []) && (event.recurrence ?? []),
  };
  return JSON.stringify(outline);
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

/** Without the fields that nobody here knows. */
function bareMoment(moment: GoogleMoment): GoogleMoment {
  if (!moment) return null;
  const { date, dateTime, timeZone } = moment;
  return { date, dateTime, timeZone };
}

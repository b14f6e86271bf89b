import type { EventTime } from '../../contract/calendar.ts';
import { addDays } from '../common/days.ts';

/** "Thursday, 5 November 2026 at 09:00 – 10:00", in the reader's way of writing times. */
export function whenWords(locale: string | undefined, timeZone: string, when: EventTime): string {
  switch (when.kind) {
    case 'all-day': {
      // The end is exclusive; something without length still has its day.
      const last = when.end > when.start ? addDays(when.end, -1) : when.start;
      const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
      return day.formatRange(Date.parse(when.start), Date.parse(last));
    }
    case 'timed': {
      const time = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone });
      return time.formatRange(when.start, Math.max(when.start, when.end));
    }
    default:
      return when satisfies never;
  }
}

import { z } from 'zod';
import type { Hit } from '../../contract/search.ts';
import { readItem } from '../common/read-item.ts';

/** What the search knows an event by. */
export const FoundEvent = z.object({
  calendarId: z.string(),
  eventId: z.string(),
  series: z.boolean(),
  allDay: z.boolean(),
});

/** When an event is that was found; of a series nobody has looked up yet when it is next. */
export function hitWords({ item, starts }: Hit, now: number): string | null {
  const event = readItem(FoundEvent, item);
  if (event?.series) return 'Repeats';
  if (event === null || starts === null) return null;
  const year = new Date(starts).getUTCFullYear() === new Date(now).getUTCFullYear() ? undefined : 'numeric';
  const day = { weekday: 'short', day: 'numeric', month: 'short', year } as const;
  return event.allDay
    ? new Date(starts).toLocaleDateString(undefined, { ...day, timeZone: 'UTC' })
    : new Date(starts).toLocaleString(undefined, { ...day, hour: '2-digit', minute: '2-digit' });
}

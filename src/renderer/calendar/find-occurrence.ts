import { AgendaItem } from '../../contract/calendar.ts';
import type { Problem } from '../../contract/problem.ts';
import { answer } from '../common/bridge.ts';
import type { Opened } from '../common/faces.ts';
import { readItem } from '../common/read-item.ts';
import { FoundEvent } from './hit-words.ts';

type Found = { readonly ok: true; readonly item: AgendaItem } | { readonly ok: false; readonly problem: Problem };

const gone: Problem = {
  code: 'event-gone',
  sentence: 'This event is no longer in the copy: it was removed or moved at Google.',
};

/** The occurrence that is meant by an event that was found: the one that goes on or is next, else the last one. */
export async function findOccurrence({ accountId, item }: Opened, now: number): Promise<Found> {
  const event = readItem(FoundEvent, item);
  if (event === null) return { ok: false, problem: gone };
  const { calendarId, eventId } = event;
  const reply = await answer(
    window.mooring.ask({
      service: 'calendar',
      name: 'occurrence',
      accounts: [accountId],
      params: { accountId, calendarId, eventId, now },
    }),
  );
  if (!reply.ok) return reply;
  const read = AgendaItem.safeParse(reply.value);
  return read.success ? { ok: true, item: read.data } : { ok: false, problem: gone };
}

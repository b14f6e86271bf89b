import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../contract/clock.ts';
import type { Observation } from '../../contract/observation.ts';
import type { GoogleGet } from '../google/http.ts';
import type { Log } from '../log.ts';
import { syncTokenFeed } from '../sync/feeds/sync-token.ts';
import { wholeFeed } from '../sync/feeds/whole.ts';
import type { PassContext, PassEnd } from '../sync/pass.ts';
import { type ReadyList, readyList } from '../sync/service.ts';
import { googleCalendar } from './api.ts';
import type { CalendarRows } from './calendars.ts';
import type { EventRows } from './events.ts';
import { calendarRow, eventRow, isMalformed, labelColors } from './rows.ts';
import type { Spreading } from './spread.ts';
import { stepsUpTo } from './steps.ts';

/** The list of an account's calendars; the events of each calendar are one more. */
const calendarListKey = 'calendars';
export const eventsKey = (calendarId: string): string => `events:${calendarId}`;

export const labelsKey = (calendarId: string): string => `labels:${calendarId}`;

/** The occurrences of a calendar's series, which Google has no part in. */
const occurrencesKey = (calendarId: string): string => `occurrences:${calendarId}`;

/** What finding out where series end may cost in the transaction of a page, in steps: some milliseconds. */
const mostForEnds = 100_000;

/** Changes that only touch a calendar's name or colour are not told by sync token, so the list is read whole weekly. */
const calendarListAge = 7 * 86_400_000;

/** The calendar list of an account, then the events of each calendar that it names. */
export function* calendarLists(of: {
  accountId: string;
  get: GoogleGet;
  clock: Clock;
  log: Log;
  calendars: CalendarRows;
  events: EventRows;
  spread: Spreading;
}): Generator<ReadyList> {
  const { accountId, get, clock, log, calendars, events, spread } = of;
  const google = googleCalendar(get);

  yield readyList({
    key: calendarListKey,
    name: null,
    feed: syncTokenFeed({ read: google.calendars, rereadAfter: calendarListAge }),
    put: (items, generation) =>
      items.filter((received) =>
        received.item.deleted === true
          ? calendars.remove(accountId, received.item.id)
          : calendars.put(accountId, calendarRow(received), generation),
      ).length > 0,
    count: (generation) => calendars.met(accountId, generation),
    sweep: (generation) => calendars.sweep(accountId, generation),
  });

  for (const { id, name, timeZone } of calendars.list(accountId)) {
    yield readyList({
      key: eventsKey(id),
      name,
      feed: syncTokenFeed({
        read: (position, signal) => google.events(id, position, signal),
        rereadAfter: null,
      }),
      put(items, generation) {
        const purse = stepsUpTo(mostForEnds);
        const rows = items.map((received) => eventRow(received, timeZone, purse));
        const malformed = rows.filter(isMalformed).length;
        if (malformed > 0) log('events-without-time', { count: malformed });
        const changed = rows.filter((row) => events.put(accountId, id, row, generation)).length > 0;
        return spread.renew(accountId, id, clock.now()) || changed;
      },
      count: (generation) => events.met(accountId, id, generation),
      sweep: (generation) => events.sweep(accountId, id, generation),
      skips: isGone,
      settle() {
        const settled = events.settle(accountId, id);
        return spread.renew(accountId, id, clock.now()) || settled;
      },
    });
    yield {
      key: occurrencesKey(id),
      name: null,
      run: (context) => renewAll(() => spread.renew(accountId, id, clock.now()), context),
      skips: () => false,
    };
  }

  // Last, because they are no more than colours.
  for (const { id } of calendars.list(accountId)) {
    yield readyList({
      key: labelsKey(id),
      name: null,
      feed: wholeFeed({ read: (signal) => google.labels(id, signal), rereadAfter: calendarListAge }),
      put: (items) => items.filter(({ item }) => calendars.putLabels(accountId, id, labelColors(item))).length > 0,
      count: () => ({ all: 0, unmet: 0 }),
      sweep: () => false,
      skips: isGone,
    });
  }
}

/** Spreads what the transactions of pages left, a little at a time: nothing of it changes what an agenda shows. */
async function renewAll(renew: () => boolean, { write, signal }: PassContext): Promise<PassEnd> {
  for (let more = true; more; ) {
    await setImmediate();
    signal.throwIfAborted();
    write(() => {
      more = renew();
      return false;
    });
  }
  return 'rested';
}

/** A calendar that is gone, or was closed to this account: its events stay until the calendar list says so. */
function isGone(observation: Observation): boolean {
  if (observation.kind !== 'answer') return false;
  const { status, error: reason } = observation;
  return status === 404 || (status === 403 && reason === 'insufficientFilePermissions');
}

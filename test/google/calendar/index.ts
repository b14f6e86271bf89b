import type { Person } from '../core/model.ts';
import type { Part, SeedOptions } from '../core/part.ts';
import { API, calendarRoutes, ENDPOINTS } from './api.ts';
import { type CalendarControl, calendarControl } from './control.ts';
import { fixture } from './fixture.ts';
import type { Calendars } from './model.ts';
import { SCOPE_WORDS } from './scopes.ts';
import { seedCalendars, seedPrimary } from './seed.ts';

interface Options {
  /** Rows in the first person's primary calendar. */
  events?: number;
}

/** Google Calendar. */
export const calendar = {
  api: API,
  endpoints: ENDPOINTS,
  scopes: SCOPE_WORDS,
  seed(people: readonly Person[], { seed, events = 50 }: SeedOptions & Options, now: number): Calendars {
    const library: Calendars = {
      version: 0,
      bySub: {},
      syncEpoch: {},
      emptyPages: 'large calendars',
      exceptionsFollowMaster: true,
    };
    people.forEach((person, index) => {
      const size = index === 0 ? { calendars: 3, events } : { calendars: 2, events: 20 };
      seedCalendars(library, person, { ...size, seed }, now);
    });
    return library;
  },
  welcome(library: Calendars, person: Person): void {
    seedPrimary(library, person);
  },
  routes: calendarRoutes,
  control: calendarControl,
  fixture,
} as const satisfies Part<Calendars, Options, CalendarControl>;

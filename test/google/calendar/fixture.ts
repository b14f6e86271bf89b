import type { Fixture } from '../core/part.ts';
import { ENDPOINTS } from './api.ts';
import type { CalendarControl } from './control.ts';

export const fixture: Fixture<CalendarControl> = {
  path: ENDPOINTS.calendarList,
  add(control, sub) {
    control.insertEvent(sub, 'primary', { start: { date: '2026-03-02' }, end: { date: '2026-03-03' } });
  },
  truth: (control, sub) =>
    control.calendars(sub).map((entry) => ({ entry, events: control.events(sub, entry.id ?? '') })),
};

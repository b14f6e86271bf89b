import type { Fixture } from '../core/part.ts';
import { ENDPOINTS } from './api.ts';
import type { CalendarControl } from './control.ts';

const day = { start: { date: '2026-03-02' }, end: { date: '2026-03-03' } };

function idOf(control: CalendarControl, sub: string, title: string): string {
  const found = control.events(sub, 'primary').find(({ summary }) => summary === title);
  if (!found?.id) throw new Error(`No event ${title}`);
  return found.id;
}

export const fixture: Fixture<CalendarControl> = {
  path: ENDPOINTS.calendarList,
  add: (control, sub, title) => void control.insertEvent(sub, 'primary', { summary: title, ...day }),
  rename: (control, sub, from, to) =>
    void control.updateEvent(sub, 'primary', idOf(control, sub, from), { summary: to }),
  remove: (control, sub, title) => control.deleteEvent(sub, 'primary', idOf(control, sub, title)),
  fill: (control, sub, amount) => control.seedCalendars(sub, { calendars: 3, events: amount, seed: 7 }),
  addOdd(control, sub) {
    control.insertEvent(sub, 'primary', { id: 'bare' });
    control.insertEvent(sub, 'primary', {
      id: 'strange',
      summary: 7 as never,
      location: ['x'] as never,
      start: 'soon' as never,
      end: { date: 5 as never },
      recurrence: { every: 'day' } as never,
      attendees: 'everybody' as never,
      reminders: 'never' as never,
      conferenceData: [] as never,
    });
  },
  forgetMarks: (control, sub) => control.expireSyncTokens(sub),
  truth: (control, sub) =>
    control.calendars(sub).map((entry) => ({ entry, events: control.events(sub, entry.id ?? '') })),
};

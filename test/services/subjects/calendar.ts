import type { Database } from 'better-sqlite3';
import { Agenda } from '../../../src/contract/calendar.ts';
import { services } from '../../../src/daemon/services.ts';
import { services as parts } from '../../google/services.ts';
import { linesOf } from '../lines.ts';
import type { Subject } from '../subject.ts';

type Control = ReturnType<typeof parts.calendar.control>;
const byId = (a: { id?: string | null }, b: { id?: string | null }) => (String(a.id) < String(b.id) ? -1 : 1);

export const subject: Subject = {
  name: 'calendar',
  service: services.calendar,
  part: parts.calendar,
  asksBy: 'syncToken',
  readWhole: [],
  mirrored(db: Database, accountId) {
    const ids = db.prepare<[string], string>('SELECT id FROM calendars WHERE account_id = ? ORDER BY id').pluck();
    const bodies = db
      .prepare<[string, string], string>('SELECT body FROM events WHERE account_id = ? AND calendar_id = ? ORDER BY id')
      .pluck();
    return ids.all(accountId).map((id) => [id, bodies.all(accountId, id).map((body) => JSON.parse(body))]);
  },
  truth(control: Control, sub) {
    const calendars = [...control.calendars(sub)].sort(byId);
    return calendars.map(({ id }) => [id, JSON.parse(JSON.stringify([...control.events(sub, id ?? '')].sort(byId)))]);
  },
  exported(files) {
    const lines = linesOf(files);
    const calendars = lines.flatMap(({ list, body }) => (list === null ? [body] : [])).sort(byId);
    return calendars.map(({ id }) => [id, lines.flatMap((line) => (line.list === id ? [line.body] : [])).sort(byId)]);
  },
  async titles(ask) {
    const params = { from: '2026-03-01', to: '2026-03-15', timeZone: 'Europe/London', after: null, limit: 500 };
    return Agenda.parse(await ask('agenda', params)).items.map(({ title }) => title);
  },
  list(control: Control, sub) {
    const [, second] = control.calendars(sub);
    const id = second?.id ?? '';
    return { name: second?.summary ?? '', endpoint: 'events', path: encodeURIComponent(id) };
  },
  exempt: {},
};

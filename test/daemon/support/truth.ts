import Database from 'better-sqlite3';
import type { GoogleDouble } from '../../google/index.ts';

/** What is in the mirror, by calendar: the rows' bodies as Google sent them. */
export function mirrored(path: string, accountId: string): Record<string, unknown[]> {
  const db = new Database(path, { readonly: true });
  try {
    const calendars = db.prepare<[string], string>('SELECT id FROM calendars WHERE account_id = ?').pluck();
    const bodies = db
      .prepare<[string, string], string>('SELECT body FROM events WHERE account_id = ? AND calendar_id = ? ORDER BY id')
      .pluck();
    return Object.fromEntries(
      calendars.all(accountId).map((id) => [id, bodies.all(accountId, id).map((body) => JSON.parse(body))]),
    );
  } finally {
    db.close();
  }
}

/** What Google would say of itself, in the same form. */
export function truth(google: GoogleDouble, sub: string): Record<string, unknown[]> {
  const byId = (a: { id?: string | null }, b: { id?: string | null }) => (String(a.id) < String(b.id) ? -1 : 1);
  return Object.fromEntries(
    google.control
      .calendars(sub)
      .map(({ id }) => [String(id), JSON.parse(JSON.stringify(google.control.events(sub, String(id)).sort(byId)))]),
  );
}

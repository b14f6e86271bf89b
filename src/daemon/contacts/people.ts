import type { Database } from 'better-sqlite3';
import type { Circle } from '../../contract/contacts.ts';
import { contentOf, type PersonRow } from './rows.ts';

/** Somebody in their place. */
export interface PlacedPerson {
  readonly row: number;
  readonly account_id: string;
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly detail: string | null;
  readonly photo: number;
}

/** Where a reading goes on: behind this one. */
export type Place = readonly [place: string, row: number];
export const start: Place = ['', -1];

export interface PersonRows {
  /** Keeps a contact, or removes a deleted one. Answers whether that changed anything but the generation. */
  put(accountId: string, row: PersonRow, generation: number): boolean;
  met(accountId: string, other: boolean, generation: number): { all: number; unmet: number };
  sweep(accountId: string, other: boolean, generation: number): boolean;
  /** Those of a circle, by name. */
  read(accountIds: readonly string[], circle: Circle, after: Place, limit: number): PlacedPerson[];
  count(accountIds: readonly string[], circle: Circle): number;
  find(accountId: string, id: string): { name: string; other: number; photo: number; body: string } | null;
  /** As Google sent them. */
  bodies(accountId: string, other: boolean): Iterable<{ id: string; body: string }>;
  removeAll(accountId: string): void;
}

const isOther = (id: string): number => Number(id.startsWith('otherContacts/'));

const hasPhoto = 'EXISTS (SELECT 1 FROM contact_photos f WHERE f.person = p.row AND f.bytes IS NOT NULL) AS photo';

export function personRows(db: Database): PersonRows {
  const find = db.prepare<[string, string], { row: number; name: string; other: number; photo: number; body: string }>(
    `SELECT p.row, p.name, p.other, ${hasPhoto}, p.body FROM people p WHERE p.account_id = ? AND p.id = ?`,
  );
  const touch = db.prepare<[number, string, string]>('UPDATE people SET seen = ? WHERE account_id = ? AND id = ?');
  const upsert = db
    .prepare<[string, string, number, string, string, string | null, string | null, number, string], number>(`
      INSERT INTO people (account_id, id, other, name, place, detail, photo_url, seen, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, place = excluded.place, detail = excluded.detail,
        photo_url = excluded.photo_url, seen = excluded.seen, body = excluded.body
      RETURNING row`)
    .pluck();
  const rename = db.prepare<[string, number, string, string]>(
    'UPDATE people SET id = ?, other = ? WHERE account_id = ? AND id = ?',
  );
  const remove = db.prepare<[string, string]>('DELETE FROM people WHERE account_id = ? AND id = ?');
  const leave = db.prepare<[number]>('DELETE FROM memberships WHERE person = ?');
  const join = db.prepare<[string, string, number]>('INSERT OR IGNORE INTO memberships VALUES (?, ?, ?)');
  const dropPhoto = db.prepare<[number]>(`
    DELETE FROM contact_photos WHERE person = ? AND url IS NOT (SELECT photo_url FROM people WHERE row = person)`);
  const met = db.prepare<[number, string, number], { allRows: number; unmet: number }>(`
    SELECT count(*) AS allRows, count(*) FILTER (WHERE seen <> ?) AS unmet FROM people
    WHERE account_id = ? AND other = ?`);
  const sweep = db.prepare<[string, number, number]>(
    'DELETE FROM people WHERE account_id = ? AND other = ? AND seen <> ?',
  );
  const fields = `p.row, p.account_id, p.id, p.name, p.place, p.detail, ${hasPhoto}`;
  const ofCircle = db.prepare<[string, number, ...Place, number], PlacedPerson>(`
    SELECT ${fields} FROM people p WHERE p.account_id = ? AND p.other = ? AND (p.place, p.row) > (?, ?)
    ORDER BY p.place, p.row LIMIT ?`);
  const ofGroup = db.prepare<[string, string, ...Place, number], PlacedPerson>(`
    SELECT ${fields} FROM memberships m JOIN people p ON p.row = m.person
    WHERE m.account_id = ? AND m.group_id = ? AND (p.place, p.row) > (?, ?) ORDER BY p.place, p.row LIMIT ?`);
  const countCircle = db
    .prepare<[string, number], number>('SELECT count(*) FROM people WHERE account_id = ? AND other = ?')
    .pluck();
  const countGroup = db
    .prepare<[string, string], number>('SELECT count(*) FROM memberships WHERE account_id = ? AND group_id = ?')
    .pluck();
  const bodies = db.prepare<[string, number], { id: string; body: string }>(
    'SELECT id, body FROM people WHERE account_id = ? AND other = ? ORDER BY place, row',
  );
  const removeAll = db.prepare<[string]>('DELETE FROM people WHERE account_id = ?');

  /** A contact that Google knows by another name now is the same one, with its photo and its number. */
  function takeOver(accountId: string, { id, previous }: PersonRow): void {
    for (const before of previous) {
      if (find.get(accountId, before) === undefined) continue;
      if (find.get(accountId, id) === undefined) rename.run(id, isOther(id), accountId, before);
      else remove.run(accountId, before);
    }
  }

  return {
    put(accountId, row, generation) {
      if (row.deleted) return remove.run(accountId, row.id).changes > 0;
      takeOver(accountId, row);
      const { id, name, place, detail, photoUrl, groups, body } = row;
      const stored = find.get(accountId, id);
      if (stored !== undefined && contentOf(stored.body) === contentOf(body)) {
        touch.run(generation, accountId, id);
        return false;
      }
      const number = upsert.get(accountId, id, isOther(id), name, place, detail, photoUrl, generation, body) ?? 0;
      leave.run(number);
      for (const group of groups) join.run(accountId, group, number);
      dropPhoto.run(number);
      return true;
    },
    met(accountId, other, generation) {
      const { allRows: all = 0, unmet = 0 } = met.get(generation, accountId, +other) ?? {};
      return { all, unmet };
    },
    sweep: (accountId, other, generation) => sweep.run(accountId, +other, generation).changes > 0,
    read(accountIds, circle, after, limit) {
      if (circle.kind === 'group') {
        const { accountId, groupId } = circle;
        return accountIds.includes(accountId) ? ofGroup.all(accountId, groupId, ...after, limit) : [];
      }
      const other = Number(circle.kind === 'others');
      return accountIds
        .flatMap((accountId) => ofCircle.all(accountId, other, ...after, limit))
        .sort((a, b) => byBytes(a.place, b.place) || a.row - b.row)
        .slice(0, limit);
    },
    count(accountIds, circle) {
      if (circle.kind === 'group') {
        const { accountId, groupId } = circle;
        return accountIds.includes(accountId) ? (countGroup.get(accountId, groupId) ?? 0) : 0;
      }
      const other = Number(circle.kind === 'others');
      return accountIds.reduce((sum, accountId) => sum + (countCircle.get(accountId, other) ?? 0), 0);
    },
    find: (accountId, id) => find.get(accountId, id) ?? null,
    bodies: (accountId, other) => bodies.iterate(accountId, +other),
    removeAll: (accountId) => void removeAll.run(accountId),
  };
}

/** As SQLite compares texts: https://www.sqlite.org/datatype3.html#collating_sequences */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

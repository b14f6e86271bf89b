import type { Database } from 'better-sqlite3';
import type { TaskRow } from './rows.ts';

/** A task in its place: below what it belongs to, where that is there. */
export interface PlacedTask {
  readonly id: string;
  readonly title: string;
  readonly due: string | null;
  readonly done: number;
  /** The place, part by part: that of the parent, or its own, then its own below the parent. */
  readonly top: string;
  readonly topId: string;
  readonly sub: number;
  readonly position: string;
}

/** Where a reading of tasks goes on: behind this one. */
export type Place = readonly [top: string, topId: string, sub: number, position: string, id: string];

export interface TaskRows {
  /** Keeps a task, or removes a deleted one. Answers whether that changed anything but the generation. */
  put(accountId: string, listId: string, row: TaskRow, generation: number): boolean;
  met(accountId: string, listId: string, generation: number): { all: number; unmet: number };
  sweep(accountId: string, listId: string, generation: number): boolean;
  /** Those of a list that are done, or are not, in Google's order. */
  read(of: { accountId: string; listId: string; done: boolean }, after: Place, limit: number): PlacedTask[];
  /** What Google sent of all tasks of a list, done or not, in Google's order. */
  bodies(accountId: string, listId: string): Iterable<string>;
  bodyOf(accountId: string, listId: string, id: string): string | null;
}

/** Before the first task of every list. */
export const start: Place = ['', '', -1, '', ''];

type Key = [string, string, string];

export function taskRows(db: Database): TaskRows {
  const find = db.prepare<Key, { body: string }>(
    'SELECT body FROM tasks WHERE account_id = ? AND list_id = ? AND id = ?',
  );
  const touch = db.prepare<[number, ...Key]>(
    'UPDATE tasks SET seen = ? WHERE account_id = ? AND list_id = ? AND id = ?',
  );
  const remove = db.prepare<Key>('DELETE FROM tasks WHERE account_id = ? AND list_id = ? AND id = ?');
  const upsert = db.prepare<[...Key, string | null, string, string, string | null, number, number, string]>(`
    INSERT INTO tasks (account_id, list_id, id, parent, position, title, due, done, seen, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account_id, list_id, id) DO UPDATE SET parent = excluded.parent, position = excluded.position,
      title = excluded.title, due = excluded.due, done = excluded.done, seen = excluded.seen, body = excluded.body`);
  const met = db.prepare<[number, string, string], { allRows: number; unmet: number }>(`
    SELECT count(*) AS allRows, count(*) FILTER (WHERE seen <> ?) AS unmet FROM tasks
    WHERE account_id = ? AND list_id = ?`);
  const sweep = db.prepare<[string, string, number]>(
    'DELETE FROM tasks WHERE account_id = ? AND list_id = ? AND seen <> ?',
  );
  const read = db.prepare<[string, string, number, ...Place, number], PlacedTask>(`
    WITH placed AS (
      SELECT t.id, t.title, t.due, t.done, coalesce(p.position, t.position) AS top, coalesce(p.id, t.id) AS topId,
        p.id IS NOT NULL AS sub, t.position
      FROM tasks t LEFT JOIN tasks p ON p.account_id = t.account_id AND p.list_id = t.list_id AND p.id = t.parent
      WHERE t.account_id = ? AND t.list_id = ? AND t.done = ?
    )
    SELECT * FROM placed WHERE (top, topId, sub, position, id) > (?, ?, ?, ?, ?)
    ORDER BY top, topId, sub, position, id LIMIT ?`);
  const bodies = db
    .prepare<[string, string], string>(`
      SELECT t.body FROM tasks t LEFT JOIN tasks p ON p.account_id = t.account_id AND p.list_id = t.list_id
        AND p.id = t.parent
      WHERE t.account_id = ? AND t.list_id = ?
      ORDER BY coalesce(p.position, t.position), coalesce(p.id, t.id), p.id IS NOT NULL, t.position, t.id`)
    .pluck();

  return {
    put(accountId, listId, row, generation) {
      const key: Key = [accountId, listId, row.id];
      if (row.deleted) return remove.run(...key).changes > 0;
      if (find.get(...key)?.body === row.body) {
        touch.run(generation, ...key);
        return false;
      }
      const { parent, position, title, due, done, body } = row;
      upsert.run(...key, parent, position, title, due, +done, generation, body);
      return true;
    },
    met(accountId, listId, generation) {
      const { allRows: all = 0, unmet = 0 } = met.get(generation, accountId, listId) ?? {};
      return { all, unmet };
    },
    sweep: (accountId, listId, generation) => sweep.run(accountId, listId, generation).changes > 0,
    read: ({ accountId, listId, done }, after, limit) => read.all(accountId, listId, +done, ...after, limit),
    bodies: (accountId, listId) => bodies.iterate(accountId, listId),
    bodyOf: (...key) => find.get(...key)?.body ?? null,
  };
}

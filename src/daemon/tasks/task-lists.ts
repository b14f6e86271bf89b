import type { Database } from 'better-sqlite3';
import type { CursorRows } from '../sync/cursor-rows.ts';

/** How far the tasks of a list were read is kept under this key. */
export const tasksKey = (listId: string): string => `tasks:${listId}`;

export interface TaskListRows {
  /** Those of the account, in the order in which they were first met. */
  list(accountId: string): { id: string; title: string; open: number; done: number }[];
  titleOf(accountId: string, id: string): string | null;
  /** What Google sent of a list; null where there is none. */
  bodyOf(accountId: string, id: string): string | null;
  count(accountId: string): number;
  /** Answers whether that changed anything but the generation. */
  put(accountId: string, list: { id: string; title: string; body: string }, generation: number): boolean;
  /** How many there are, and how many the generation did not meet. */
  met(accountId: string, generation: number): { all: number; unmet: number };
  /** Removes the lists that the generation did not meet, with their tasks and how far they were read. */
  sweep(accountId: string, generation: number): boolean;
  /** Removes all of the account, with their tasks. */
  removeAll(accountId: string): void;
}

export function taskListRows(db: Database, cursors: CursorRows): TaskListRows {
  const list = db.prepare<[string], { id: string; title: string; open: number; done: number }>(`
    SELECT l.id, l.title, count(t.row) FILTER (WHERE t.done = 0) AS open, count(t.row) FILTER (WHERE t.done = 1) AS done
    FROM task_lists l LEFT JOIN tasks t ON t.account_id = l.account_id AND t.list_id = l.id
    WHERE l.account_id = ? GROUP BY l.row ORDER BY l.row`);
  const count = db.prepare<[string], number>('SELECT count(*) FROM task_lists WHERE account_id = ?').pluck();
  const find = db.prepare<[string, string], { title: string; body: string }>(
    'SELECT title, body FROM task_lists WHERE account_id = ? AND id = ?',
  );
  const touch = db.prepare<[number, string, string]>('UPDATE task_lists SET seen = ? WHERE account_id = ? AND id = ?');
  const upsert = db.prepare<[string, string, string, string, number]>(`
    INSERT INTO task_lists (account_id, id, title, body, seen) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (account_id, id) DO UPDATE SET title = excluded.title, body = excluded.body, seen = excluded.seen`);
  const met = db.prepare<[number, string], { allRows: number; unmet: number }>(
    'SELECT count(*) AS allRows, count(*) FILTER (WHERE seen <> ?) AS unmet FROM task_lists WHERE account_id = ?',
  );
  const unmet = db
    .prepare<[string, number], string>('SELECT id FROM task_lists WHERE account_id = ? AND seen <> ?')
    .pluck();
  const remove = db.prepare<[string, string]>('DELETE FROM task_lists WHERE account_id = ? AND id = ?');
  const removeAll = db.prepare<[string]>('DELETE FROM task_lists WHERE account_id = ?');

  return {
    list: (accountId) => list.all(accountId),
    titleOf: (accountId, id) => find.get(accountId, id)?.title ?? null,
    bodyOf: (accountId, id) => find.get(accountId, id)?.body ?? null,
    count: (accountId) => count.get(accountId) ?? 0,
    put(accountId, { id, title, body }, generation) {
      const changed = find.get(accountId, id)?.body !== body;
      if (changed) upsert.run(accountId, id, title, body, generation);
      else touch.run(generation, accountId, id);
      return changed;
    },
    met(accountId, generation) {
      const { allRows: all = 0, unmet: missed = 0 } = met.get(generation, accountId) ?? {};
      return { all, unmet: missed };
    },
    sweep(accountId, generation) {
      const gone = unmet.all(accountId, generation);
      for (const id of gone) {
        cursors.forget(accountId, tasksKey(id));
        remove.run(accountId, id);
      }
      return gone.length > 0;
    },
    removeAll: (accountId) => void removeAll.run(accountId),
  };
}

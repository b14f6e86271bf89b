import type { Database } from 'better-sqlite3';

export interface GroupRow {
  readonly id: string;
  readonly deleted: boolean;
  readonly name: string;
  readonly own: boolean;
  readonly body: string;
}

export interface GroupRows {
  /** Those of a person's own making, and of the others those that have somebody in them; by name. */
  list(accountId: string): { id: string; name: string; members: number }[];
  /** The names of all of them, by their ids, and of those that a person made. */
  names(accountId: string): ReadonlyMap<string, string>;
  ownNames(accountId: string): ReadonlyMap<string, string>;
  /** As Google sent them. */
  bodies(accountId: string): string[];
  /** Keeps a group, or removes a deleted one. Answers whether that changed anything but the generation. */
  put(accountId: string, row: GroupRow, generation: number): boolean;
  met(accountId: string, generation: number): { all: number; unmet: number };
  sweep(accountId: string, generation: number): boolean;
  removeAll(accountId: string): void;
}

/** Everybody is in this one. */
const everybody = 'contactGroups/myContacts';

export function groupRows(db: Database): GroupRows {
  const list = db.prepare<[string], { id: string; name: string; own: number; members: number }>(`
    SELECT g.id, g.name, g.own, (SELECT count(*) FROM memberships m
      WHERE m.account_id = g.account_id AND m.group_id = g.id) AS members
    FROM contact_groups g WHERE g.account_id = ? AND g.id <> '${everybody}' ORDER BY g.own DESC, g.name, g.row`);
  const names = db.prepare<[string], { id: string; name: string; own: number }>(
    'SELECT id, name, own FROM contact_groups WHERE account_id = ?',
  );
  const bodies = db
    .prepare<[string], string>('SELECT body FROM contact_groups WHERE account_id = ? ORDER BY row')
    .pluck();
  const find = db
    .prepare<[string, string], string>('SELECT body FROM contact_groups WHERE account_id = ? AND id = ?')
    .pluck();
  const touch = db.prepare<[number, string, string]>(
    'UPDATE contact_groups SET seen = ? WHERE account_id = ? AND id = ?',
  );
  const upsert = db.prepare<[string, string, string, number, number, string]>(`
    INSERT INTO contact_groups (account_id, id, name, own, seen, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, own = excluded.own, seen = excluded.seen,
      body = excluded.body`);
  const remove = db.prepare<[string, string]>('DELETE FROM contact_groups WHERE account_id = ? AND id = ?');
  const met = db.prepare<[number, string], { allRows: number; unmet: number }>(
    'SELECT count(*) AS allRows, count(*) FILTER (WHERE seen <> ?) AS unmet FROM contact_groups WHERE account_id = ?',
  );
  const sweep = db.prepare<[string, number]>('DELETE FROM contact_groups WHERE account_id = ? AND seen <> ?');
  const removeAll = db.prepare<[string]>('DELETE FROM contact_groups WHERE account_id = ?');

  return {
    list: (accountId) =>
      list.all(accountId).flatMap(({ own, ...group }) => (own === 1 || group.members > 0 ? [group] : [])),
    names: (accountId) => new Map(names.all(accountId).map(({ id, name }) => [id, name])),
    ownNames: (accountId) =>
      new Map(names.all(accountId).flatMap(({ id, name, own }) => (own === 1 ? [[id, name] as const] : []))),
    bodies: (accountId) => bodies.all(accountId),
    put(accountId, { id, deleted, name, own, body }, generation) {
      if (deleted) return remove.run(accountId, id).changes > 0;
      if (find.get(accountId, id) === body) {
        touch.run(generation, accountId, id);
        return false;
      }
      upsert.run(accountId, id, name, +own, generation, body);
      return true;
    },
    met(accountId, generation) {
      const { allRows: all = 0, unmet = 0 } = met.get(generation, accountId) ?? {};
      return { all, unmet };
    },
    sweep: (accountId, generation) => sweep.run(accountId, generation).changes > 0,
    removeAll: (accountId) => void removeAll.run(accountId),
  };
}

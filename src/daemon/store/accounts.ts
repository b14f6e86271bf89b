import type { Database } from 'better-sqlite3';

export interface AccountRows {
  /** Answers whether the account was new. */
  add(accountId: string): boolean;
  /** Removes the account and, by the foreign keys, all that was mirrored of it. Answers whether it was there. */
  remove(accountId: string): boolean;
}

export function accountRows(db: Database): AccountRows {
  const insert = db.prepare<[string]>('INSERT OR IGNORE INTO accounts (id) VALUES (?)');
  const remove = db.prepare<[string]>('DELETE FROM accounts WHERE id = ?');

  return {
    add: (accountId) => insert.run(accountId).changes > 0,
    remove: (accountId) => remove.run(accountId).changes > 0,
  };
}

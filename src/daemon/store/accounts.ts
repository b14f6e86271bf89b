import type { Database } from 'better-sqlite3';

export interface AccountRows {
  /** Answers whether the account was new. */
  add(accountId: string): boolean;
  /** Removes the account and, by the foreign keys, all that was mirrored of it. Answers whether it was there. */
  remove(accountId: string): boolean;
  /** Epoch milliseconds of the end of the last sync that went through. */
  lastSuccessAt(accountId: string): number | null;
  succeeded(accountId: string, at: number): void;
}

export function accountRows(db: Database): AccountRows {
  const insert = db.prepare<[string]>('INSERT OR IGNORE INTO accounts (id) VALUES (?)');
  const remove = db.prepare<[string]>('DELETE FROM accounts WHERE id = ?');
  const read = db.prepare<[string], number | null>('SELECT last_success_at FROM accounts WHERE id = ?').pluck();
  const succeed = db.prepare<[number, string]>('UPDATE accounts SET last_success_at = ? WHERE id = ?');

  return {
    add: (accountId) => insert.run(accountId).changes > 0,
    remove: (accountId) => remove.run(accountId).changes > 0,
    lastSuccessAt: (accountId) => read.get(accountId) ?? null,
    succeeded: (accountId, at) => void succeed.run(at, accountId),
  };
}

import type { Database } from 'better-sqlite3';

/** What is held of one service of one account. */
export interface Holding {
  /** How many rows there are, by the words of the status. */
  readonly counts: Readonly<Record<string, number>>;
  /** Epoch milliseconds of the end of the last sync that went through. */
  readonly lastSuccessAt: number | null;
  /** Another one after every change. It never goes back, not even in the file that takes a damaged one's place. */
  readonly revision: number;
}

export interface Holdings {
  read(accountId: string): Holding;
  /** Says, within the transaction that did it, that rows have changed. */
  changed(accountId: string): void;
  succeeded(accountId: string, at: number): void;
  forget(accountId: string): void;
}

/** What is held of a service; `kinds` is what is counted of it. */
export function holdingRows(db: Database, service: string, kinds: readonly string[]): Holdings {
  const counts = db.prepare<[string, string], { kind: string; amount: number }>(
    'SELECT kind, amount FROM counts WHERE account_id = ? AND service = ?',
  );
  const find = db.prepare<[string, string], { revision: number; last_success_at: number | null }>(
    'SELECT revision, last_success_at FROM holdings WHERE account_id = ? AND service = ?',
  );
  const last = db.prepare<[], number>('SELECT value FROM revision').pluck();
  const grow = db.prepare<[], number>('UPDATE revision SET value = value + 1 RETURNING value').pluck();
  const change = db.prepare<[string, string, number]>(`
    INSERT INTO holdings (account_id, service, revision) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET revision = excluded.revision`);
  const succeed = db.prepare<[string, string, number, number]>(`
    INSERT INTO holdings (account_id, service, revision, last_success_at) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET last_success_at = excluded.last_success_at`);
  const drop = (table: string) =>
    db.prepare<[string, string]>(`DELETE FROM ${table} WHERE account_id = ? AND service = ?`);
  const forget = ['holdings', 'counts', 'cursors'].map(drop);
  const none = Object.fromEntries(kinds.map((kind) => [kind, 0]));

  return {
    read(accountId) {
      const found = find.get(accountId, service);
      const held = counts.all(accountId, service).map(({ kind, amount }) => [kind, amount]);
      return {
        counts: { ...none, ...Object.fromEntries(held) },
        lastSuccessAt: found?.last_success_at ?? null,
        // Of what was never touched, or is gone, a view cannot have read anything of a later revision.
        revision: found?.revision ?? last.get() ?? 0,
      };
    },
    changed: (accountId) => void change.run(accountId, service, grow.get() ?? 0),
    succeeded: (accountId, at) => void succeed.run(accountId, service, last.get() ?? 0, at),
    forget(accountId) {
      for (const each of forget) each.run(accountId, service);
    },
  };
}

import type { Database } from 'better-sqlite3';
import type { GoogleGet } from '../google/http.ts';

const day = 86_400_000;

/** As many queries were made of a service today as may be. */
export class BudgetSpent extends Error {
  override name = 'BudgetSpent';
  /** Epoch milliseconds. */
  readonly resumesAt: number;
  constructor(resumesAt: number) {
    super('The queries of this day are spent.');
    this.resumesAt = resumesAt;
  }
}

/** The tables of budgets, step by step. */
export const migrations: readonly ((db: Database) => void)[] = [
  (db) =>
    db.exec(`
    -- How many queries were made in a day: the program may end and begin as often as it likes.
    CREATE TABLE budgets (
      account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
      service TEXT NOT NULL,
      day INTEGER NOT NULL, -- days since 1970, in UTC
      spent INTEGER NOT NULL,
      PRIMARY KEY (account_id, service)
    ) STRICT;`),
];

/** The queries that are made of a service. */
export interface Budget {
  /** Counts one more of this day; answers how many there are. A day that is another, even an earlier one, begins anew. */
  spend(accountId: string, day: number): number;
}

export function budgetOf(db: Database, service: string): Budget {
  const spend = db
    .prepare<[string, string, number], number>(`
      INSERT INTO budgets (account_id, service, day, spent) VALUES (?, ?, ?, 1)
      ON CONFLICT DO UPDATE SET spent = iif(day = excluded.day, spent + 1, 1), day = excluded.day
      RETURNING spent`)
    .pluck();
  return { spend: (accountId, today) => spend.get(accountId, service, today) ?? 0 };
}

/** Lets only so many queries a day through; the others fail with {@link BudgetSpent}. */
export function withinBudget(
  get: GoogleGet,
  { most, now, spend }: { readonly most: number; readonly now: () => number; readonly spend: (day: number) => number },
): GoogleGet {
  return async (...query) => {
    const today = Math.floor(now() / day);
    if (spend(today) > most) throw new BudgetSpent((today + 1) * day);
    return get(...query);
  };
}

import type { Database } from 'better-sqlite3';
import type { EventRows } from './events.ts';
import { expandSeries } from './expand.ts';
import type { OccurrenceRows, Placed } from './occurrences.ts';
import { inOrder } from './position.ts';
import { readStretch } from './stretch.ts';

/** What of an agenda stands in no rows, in order. */
export interface Expansion {
  readonly placed: readonly Placed[];
  readonly skipped: number;
}

export interface Expansions {
  /** Yields where others may have their turn. */
  of(accountIds: readonly string[], days: Parameters<typeof readStretch>[0]): Generator<void, Expansion>;
}

/** Expands the series of agendas. The last expansion is kept until a row changes: an agenda is read page by page. */
export function expansions(
  db: Database,
  { events, occurrences }: { events: Pick<EventRows, 'exceptionsOf'>; occurrences: OccurrenceRows },
): Expansions {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  let last: { readonly key: string; readonly expansion: Expansion } | null = null;
  return {
    *of(accountIds, { from, to, timeZone }) {
      const key = JSON.stringify([changes.get(), accountIds, from, to, timeZone]);
      if (last?.key === key) return last.expansion;
      const stretch = readStretch({ from, to, timeZone });
      const rows = accountIds.flatMap((accountId) => occurrences.unspread(accountId, stretch));
      const { placed, skipped } = yield* expandSeries(rows, stretch, (row) =>
        events.exceptionsOf(row.account_id, row.calendar_id, row.id),
      );
      const expansion = { placed: placed.sort(inOrder), skipped };
      last = { key, expansion };
      return expansion;
    },
  };
}

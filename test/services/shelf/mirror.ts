import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { jsonLine } from '../../../src/daemon/export/json-line.ts';
import type { GoogleGet } from '../../../src/daemon/google/http.ts';
import { Items, notAPage, readItems, Token } from '../../../src/daemon/google/page.ts';
import { syncTokenFeed, type TokenPage } from '../../../src/daemon/sync/feeds/sync-token.ts';
import { type Mirror, readyList, type Service } from '../../../src/daemon/sync/service.ts';
import { shelfContract } from './contract.ts';

/** Every person has these. */
export const shelves = ['Hall', 'Attic'] as const;

const text = z.string().nullish().catch(null);
const Thing = z.looseObject({ id: z.string().min(1), title: text, deleted: z.boolean().nullish().catch(null) });
type Thing = z.infer<typeof Thing>;
const Answer = z.object({ things: Items, nextPageToken: Token.nullish(), nextSyncToken: Token.nullish() });

/** The mirror of one service of shelves. */
export function shelfService(name: string): Service {
  const table = `${name.toLowerCase()}_things`;
  return {
    contract: shelfContract(name),
    migrations: [
      (db) =>
        db.exec(`CREATE TABLE ${table} (
          row INTEGER PRIMARY KEY,
          account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
          shelf TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, seen INTEGER NOT NULL,
          UNIQUE (account_id, shelf, id)
        ) STRICT`),
    ],
    counts: { things: { table } },
    searchable: [
      {
        table,
        columns: ['shelf', 'id', 'title'],
        find: ({ shelf, id, title }: { shelf: string; id: string; title: string }) => ({
          item: JSON.stringify({ shelf, id }),
          title,
          text: `On the shelf ${shelf}`,
          starts: null,
          ends: null,
          family: null,
        }),
      },
    ],
    open: (db) => open(db, table, `/${name.toLowerCase()}/v1/shelves`),
  };
}

function open(db: Database, table: string, root: string): Mirror {
  const find = db
    .prepare<[string, string, string], string>(
      `SELECT body FROM ${table} WHERE account_id = ? AND shelf = ? AND id = ?`,
    )
    .pluck();
  const put = db.prepare<[string, string, string, string, string, number]>(
    `INSERT INTO ${table} (account_id, shelf, id, title, body, seen) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (account_id, shelf, id) DO UPDATE SET title = excluded.title, body = excluded.body, seen = excluded.seen`,
  );
  const remove = db.prepare<[string, string, string]>(
    `DELETE FROM ${table} WHERE account_id = ? AND shelf = ? AND id = ?`,
  );
  const met = db.prepare<[number, string, string], { all: number; unmet: number }>(
    `SELECT count(*) AS "all", count(*) FILTER (WHERE seen <> ?) AS unmet FROM ${table} WHERE account_id = ? AND shelf = ?`,
  );
  const sweep = db.prepare<[string, string, number]>(
    `DELETE FROM ${table} WHERE account_id = ? AND shelf = ? AND seen <> ?`,
  );
  const erase = db.prepare<[string]>(`DELETE FROM ${table} WHERE account_id = ?`);
  const titles = db
    .prepare<[string, number], string>(`SELECT title FROM ${table} WHERE account_id = ? ORDER BY title LIMIT ?`)
    .pluck();
  const all = db.prepare<[string], { shelf: string; body: string }>(
    `SELECT shelf, body FROM ${table} WHERE account_id = ? ORDER BY shelf, id`,
  );

  return {
    *lists({ accountId, get }) {
      for (const shelf of shelves)
        yield readyList({
          key: shelf,
          name: shelf,
          feed: syncTokenFeed({
            read: (position, signal) => read(get, `${root}/${shelf}`, position, signal),
            rereadAfter: null,
          }),
          put: (items, generation) =>
            items.filter(({ item, body }) => {
              if (item.deleted === true) return remove.run(accountId, shelf, item.id).changes > 0;
              const changed = find.get(accountId, shelf, item.id) !== body;
              put.run(accountId, shelf, item.id, item.title ?? '', body, generation);
              return changed;
            }).length > 0,
          count: (generation) => met.get(generation, accountId, shelf) ?? { all: 0, unmet: 0 },
          sweep: (generation) => sweep.run(accountId, shelf, generation).changes > 0,
        });
    },
    listCount: () => shelves.length,
    answers: {
      titles: (accountIds, { most }: { most: number }) => ({
        titles: accountIds.flatMap((accountId) => titles.all(accountId, most)).slice(0, most),
      }),
    },
    *exported(accountId) {
      yield {
        name: 'As Google sent it.jsonl',
        items: all.all(accountId).length,
        *content() {
          for (const { shelf, body } of all.iterate(accountId)) yield jsonLine(shelf, body);
        },
      };
    },
    erase: (accountId) => void erase.run(accountId),
  };
}

async function read(get: GoogleGet, path: string, position: object, signal: AbortSignal): Promise<TokenPage<Thing>> {
  const answer = Answer.safeParse(await get(path, { pageSize: 50, ...position }, signal));
  if (!answer.success) throw notAPage(answer.error);
  const { things, nextPageToken, nextSyncToken } = answer.data;
  return {
    ...readItems(Thing, things),
    nextPageToken: nextPageToken ?? null,
    nextSyncToken: nextSyncToken ?? null,
  };
}

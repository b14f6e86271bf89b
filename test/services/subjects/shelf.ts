import type { Database } from 'better-sqlite3';
import { linesOf } from '../lines.ts';
import { ShelfAnswer } from '../shelf/contract.ts';
import { shelfService, shelves } from '../shelf/mirror.ts';
import { shelfPart } from '../shelf/part.ts';
import type { Subject } from '../subject.ts';

const part = shelfPart('Books');

export const subject: Subject = {
  name: 'books',
  service: shelfService('Books'),
  part,
  asksBy: 'syncToken',
  readWhole: [],
  mirrored(db: Database, accountId) {
    const bodies = db
      .prepare<[string, string], string>('SELECT body FROM books_things WHERE account_id = ? AND shelf = ? ORDER BY id')
      .pluck();
    return Object.fromEntries(
      shelves.map((shelf) => [shelf, bodies.all(accountId, shelf).map((body) => JSON.parse(body))]),
    );
  },
  truth(control, sub) {
    const all = part.fixture.truth(control, sub) as Record<string, { id: string }[]>;
    const sorted = Object.entries(all).map(([shelf, things]) => [
      shelf,
      things.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ]);
    return Object.fromEntries(sorted);
  },
  exported(files) {
    const lines = linesOf(files);
    return Object.fromEntries(
      shelves.map((shelf) => [shelf, lines.flatMap(({ list, body }) => (list === shelf ? [body] : []))]),
    );
  },
  titles: async (ask) => ShelfAnswer.parse(await ask('titles', { most: 10_000 })).titles,
  list: () => ({ name: shelves[1], endpoint: 'books', path: shelves[1] }),
  exempt: {},
};

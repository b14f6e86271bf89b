import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Observation } from '../../src/contract/observation.ts';
import type { SyncProgress } from '../../src/contract/sync.ts';
import { GoogleError } from '../../src/daemon/google/google-error.ts';
import type { CursorRows } from '../../src/daemon/sync/cursor-rows.ts';
import type { Feed, Page } from '../../src/daemon/sync/feed.ts';
import { createPatience } from '../../src/daemon/sync/patience.ts';
import { runService } from '../../src/daemon/sync/run.ts';
import { type Collection, type Mirror, readyList } from '../../src/daemon/sync/service.ts';
import { isTooMuch } from '../../src/daemon/sync/sweep.ts';
import { fakeClock } from '../fake-clock.ts';

type Item = string;
type Answer = Page<Item, string> | GoogleError;

const refusal = (status: number): GoogleError => {
  const observation: Observation = {
    kind: 'answer',
    where: 'resource-api',
    status,
    error: null,
    subtype: null,
    description: null,
    retryAfterSeconds: null,
  };
  return new GoogleError(observation);
};
const html = new GoogleError({ kind: 'unreadable', where: 'resource-api', status: 200, contentType: 'text/html' });
const offline = new GoogleError({ kind: 'network', where: 'resource-api', code: 'ENOTFOUND' });

const page = (items: Item[], next: Page<Item, string>['next']): Page<Item, string> => ({
  items: items.map((item) => ({ item, body: item })),
  dropped: 0,
  next,
});

/** A service made of lists that answer as they are told, in rows of an array; cursors are kept as they are written. */
function service(lists: Record<string, () => Answer>) {
  const clock = fakeClock();
  const patience = createPatience(clock);
  const cursors = new Map<string, unknown>();
  const rows = new Map<string, Map<Item, number>>();
  const asked: string[] = [];
  const log: string[] = [];
  const rowsOf = (key: string) => rows.get(key) ?? rows.set(key, new Map()).get(key)!;

  const kept: CursorRows = {
    read: (_account, key) => (cursors.get(key) ?? { kind: 'full', generation: 1, page: null }) as never,
    save: (_account, key, cursor) => void cursors.set(key, cursor),
    forget: (_account, key) => void cursors.delete(key),
  };
  const collection = (key: string, answer: () => Answer): Collection<Item, string> => {
    const ask = async (what: string): Promise<Page<Item, string>> => {
      asked.push(`${key} ${what}`);
      const given = answer();
      if (given instanceof GoogleError) throw given;
      return given;
    };
    const feed: Feed<Item, string> = {
      mark: z.string(),
      full: (at) => ask(`full ${at}`),
      changes: (mark, at) => ask(`changes ${mark} ${at}`),
      forgotten: () => null,
      rereadAfter: null,
    };
    return {
      key,
      name: key,
      feed,
      put(items, generation) {
        for (const { item } of items) rowsOf(key).set(item, generation);
        return items.length > 0;
      },
      count: (generation) => ({
        all: rowsOf(key).size,
        unmet: [...rowsOf(key).values()].filter((seen) => seen !== generation).length,
      }),
      sweep(generation) {
        for (const [item, seen] of rowsOf(key)) if (seen !== generation) rowsOf(key).delete(item);
        return true;
      },
    };
  };
  const mirror: Mirror = {
    lists: () => Object.entries(lists).map(([key, answer]) => readyList(collection(key, answer))),
    listCount: () => Object.keys(lists).length,
    answers: {},
    exported: () => [],
    erase: () => {},
  };
  const progress: SyncProgress[] = [];
  const run = () =>
    runService(mirror, {
      accountId: 'ada',
      cursors: kept,
      write: (work) => void work(),
      clock,
      signal: new AbortController().signal,
      log: (event) => log.push(event),
      way: { get: () => Promise.reject(new Error('not used')), answeredAt: () => null, picture: async () => null },
      patience,
      onProgress: (each) => progress.push(each),
      onCommit: () => {},
    });
  return { run, clock, patience, cursors, rowsOf, asked, log, progress };
}

const well = () => page(['x'], { mark: 'm' });

describe.each([
  ['403', () => refusal(403)],
  ['410', () => refusal(410)],
  ['500', () => refusal(500)],
  ['HTML', () => html],
])('a list that always answers %s', (_what, fails) => {
  test('holds up no other, is named, and is left alone for longer and longer', async () => {
    const { run, clock, patience, asked } = service({ bad: fails, good: well, better: well });
    await run();
    expect(asked).toEqual(['bad full null', 'good full null', 'better full null']);
    expect(patience.stuck()).toMatchObject([{ list: 'bad', failure: { kind: 'observed' } }]);
    const tried = async (wait: number) => {
      clock.advance(wait);
      asked.length = 0;
      await run();
      return asked.some((each) => each.startsWith('bad'));
    };
    expect(await tried(59_999)).toBe(false);
    expect(await tried(1)).toBe(true);
    expect(await tried(60_000)).toBe(false);
    expect(await tried(60_000)).toBe(true);
    expect(patience.stuck()).toHaveLength(1);
    patience.tryAll();
    expect(await tried(0)).toBe(true);
  });
});

test('a list that comes back is no longer named', async () => {
  let broken = true;
  const { run, clock, patience } = service({ odd: () => (broken ? refusal(500) : well()), good: well });
  await run();
  broken = false;
  clock.advance(60_000);
  await run();
  expect(patience.stuck()).toEqual([]);
});

test('where every list fails it is no list’s fault, and none is left alone for it', async () => {
  const { run, patience, asked } = service({ a: () => html, b: () => html, c: () => html, d: () => html });
  await expect(run()).rejects.toBe(html);
  // After three it is clear enough.
  expect(asked).toHaveLength(3);
  expect(patience.stuck()).toEqual([]);
  await expect(run()).rejects.toBe(html);
});

test('what is true of the account stops it at once', async () => {
  for (const error of [offline, refusal(401), refusal(429)]) {
    const { run, asked, patience } = service({ a: well, b: () => error, c: well });
    await expect(run()).rejects.toBe(error);
    expect(asked).toEqual(['a full null', 'b full null']);
    expect(patience.stuck()).toEqual([]);
  }
});

test('page tokens that go round end, as a failure of that list', async () => {
  let n = 0;
  const round = () => page([`${n}`], { page: `p${n++ % 5}` });
  const { run, patience, asked, log, cursors } = service({ round, good: well });
  await run();
  expect(asked.filter((each) => each.startsWith('round')).length).toBeLessThanOrEqual(7);
  expect(log).toContain('pages-in-a-circle');
  expect(patience.stuck()).toMatchObject([{ list: 'round' }]);
  expect(cursors.get('round')).toEqual({ kind: 'full', generation: 2, page: null });
});

test('a list that gives nothing to ask by is read whole, and again after an hour', async () => {
  const { run, clock, asked, patience } = service({ whole: () => page(['x'], { mark: null }), good: well });
  await run();
  await run();
  clock.advance(3_599_999);
  await run();
  expect(asked.filter((each) => each.startsWith('whole'))).toEqual(['whole full null']);
  expect(patience.stuck()).toEqual([]);
  clock.advance(1);
  await run();
  expect(asked.filter((each) => each.startsWith('whole'))).toEqual(['whole full null', 'whole full null']);
});

test('the next page is asked for before the one before is stored', async () => {
  const order: string[] = [];
  const pages = [page(['a'], { page: 'p1' }), page(['b'], { page: 'p2' }), page(['c'], { mark: 'm' })];
  const { run, rowsOf } = service({
    list: () => {
      order.push(`asked with ${rowsOf('list').size} stored`);
      return pages.shift()!;
    },
  });
  await run();
  expect(order).toEqual(['asked with 0 stored', 'asked with 0 stored', 'asked with 1 stored']);
  expect([...rowsOf('list').keys()]).toEqual(['a', 'b', 'c']);
  await setImmediate();
});

describe('a reading that would take too much away', () => {
  const many = Array.from({ length: 200 }, (_, index) => `item ${index}`);

  test('waits for a second one that agrees', async () => {
    let held = many;
    const list = () => page(held, { mark: null });
    const { run, clock, rowsOf, asked, log } = service({ list });
    await run();
    held = many.slice(0, 100);
    clock.advance(3_600_000);
    asked.length = 0;
    await run();
    expect(asked).toHaveLength(2);
    expect(log).toContain('sweep-doubted');
    expect(rowsOf('list').size).toBe(100);
  });

  test('takes nothing where the second one finds everything again', async () => {
    let reading = 0;
    const { run, clock, rowsOf } = service({
      list: () => {
        reading += 1;
        return page(reading === 2 ? many.slice(0, 10) : many, { mark: null });
      },
    });
    await run();
    clock.advance(3_600_000);
    await run();
    expect(reading).toBe(3);
    expect(rowsOf('list').size).toBe(200);
  });

  test.each([
    [200, 50, null, false],
    [200, 51, null, true],
    [1_000, 250, null, false],
    [1_000, 251, null, true],
    [1_000, 251, 251, false],
    [1_000, 300, 251, true],
  ])('of %i rows %i, after %s: %s', (all, unmet, doubted, tooMuch) => {
    expect(isTooMuch({ all, unmet }, doubted)).toBe(tooMuch);
  });
});

test('progress counts the lists that are done and the items, and never runs back', async () => {
  const pages = [page(['a'], { page: 'p' }), page(['b', 'c'], { mark: 'm' })];
  const { run, progress } = service({ first: () => pages.shift()!, second: well });
  await run();
  expect(progress).toEqual([
    { list: 'first', done: 0, total: 2, items: 0, full: true },
    { list: 'first', done: 0, total: 2, items: 1, full: true },
    { list: 'first', done: 0, total: 2, items: 3, full: true },
    { list: 'second', done: 1, total: 2, items: 3, full: true },
    { list: 'second', done: 1, total: 2, items: 4, full: true },
  ]);
});

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Observation } from '../../src/contract/observation.ts';
import { afterForgetting, afterPage, beginning, type Cursor, cursorSchema } from '../../src/daemon/sync/cursor.ts';
import { syncTokenFeed } from '../../src/daemon/sync/feeds/sync-token.ts';

type Marked = Cursor<string>;
const full: Marked = { kind: 'full', generation: 4, page: null };
const fullPaged: Marked = { kind: 'full', generation: 4, page: 'p1' };
const current: Marked = { kind: 'current', generation: 4, mark: 's1', fullAt: 7 };
const whole: Marked = { kind: 'current', generation: 4, mark: null, fullAt: 7 };
const delta: Marked = { kind: 'delta', generation: 4, mark: 's1', page: 'p1', fullAt: 7 };
const anew: Marked = { kind: 'full', generation: 5, page: null };

describe('after a page', () => {
  test('another one follows', () => {
    expect(afterPage(full, { page: 'p2' }, null, 9)).toEqual({ ...full, page: 'p2' });
    expect(afterPage(current, { page: 'p2' }, null, 9)).toEqual({ ...delta, page: 'p2' });
    expect(afterPage(delta, { page: 'p2' }, null, 9)).toEqual({ ...delta, page: 'p2' });
  });

  test('or it was the last one', () => {
    expect(afterPage(fullPaged, { mark: 's2' }, null, 9)).toEqual({ ...current, mark: 's2', fullAt: 9 });
    expect(afterPage(delta, { mark: 's2' }, null, 9)).toEqual({ ...current, mark: 's2' });
  });

  test('the mark that was taken before the reading goes along, and serves where the last page names none', () => {
    expect(afterPage(full, { page: 'p2' }, 'b', 9)).toEqual({ ...full, page: 'p2', begun: 'b' });
    expect(afterPage(current, { page: 'p2' }, 'b', 9)).toEqual({ ...delta, page: 'p2', begun: 'b' });
    expect(afterPage(fullPaged, { mark: null }, 'b', 9)).toEqual({ ...current, mark: 'b', fullAt: 9 });
    expect(afterPage(delta, { mark: null }, 'b', 9)).toEqual({ ...current, mark: 'b' });
  });

  test('or the list has nothing to ask by, and is read whole the next time', () => {
    expect(afterPage(fullPaged, { mark: null }, null, 9)).toEqual({ ...whole, fullAt: 9 });
  });
});

describe('after Google has forgotten', () => {
  test('a mark, it is read from the beginning in a new generation', () => {
    expect(afterForgetting(current, 'mark')).toEqual(anew);
    expect(afterForgetting(delta, 'mark')).toEqual(anew);
  });

  test('a page, that reading starts over', () => {
    expect(afterForgetting(fullPaged, 'page')).toEqual(anew);
    expect(afterForgetting(fullPaged, 'mark')).toEqual(anew);
    expect(afterForgetting(delta, 'page')).toEqual(current);
  });

  test('a first page cannot be started over: nothing was sent that it could have forgotten', () => {
    expect(afterForgetting(full, 'page')).toBeNull();
    expect(afterForgetting(full, 'mark')).toBeNull();
  });
});

describe('a pass begins', () => {
  const telling = (rereadAfter: number | null, tellsChanges = true) => ({ rereadAfter, tellsChanges });

  test('where it was left, or from the beginning when that is due', () => {
    expect(beginning(delta, telling(10), 100)).toBe(delta);
    expect(beginning(current, telling(null), 1e15)).toBe(current);
    expect(beginning(current, telling(10), 16)).toBe(current);
    expect(beginning(current, telling(10), 17)).toEqual(anew);
  });

  test('with nothing, where a list that tells no changes was read a short while ago', () => {
    expect(beginning(whole, telling(null), 7 + 3_599_999)).toBeNull();
    expect(beginning(whole, telling(null), 7 + 3_600_000)).toEqual(anew);
    // However long it would be believed with one.
    expect(beginning(whole, telling(1e9), 7 + 3_600_000)).toEqual(anew);
    expect(beginning(whole, telling(1e9, false), 7 + 3_600_000)).toBeNull();
    expect(beginning(whole, telling(0, false), 7)).toEqual(anew);
  });

  test('from the beginning where the clock was set back, once and not for as long as that', () => {
    expect(beginning(whole, telling(null), 6)).toEqual(anew);
    expect(beginning(current, telling(10), 6)).toEqual(anew);
    expect(beginning(current, telling(null), 6)).toBe(current);
  });
});

test('what another contract left behind is no cursor of this one', () => {
  const schema = cursorSchema(z.strictObject({ contract: z.literal('mine'), at: z.number() }));
  const mine = { kind: 'current', generation: 1, mark: { contract: 'mine', at: 3 }, fullAt: 2 };
  expect(schema.safeParse(mine).success).toBe(true);
  expect(schema.safeParse({ ...mine, mark: { contract: 'sync-token', token: 'x' } }).success).toBe(false);
  expect(schema.safeParse({ ...mine, mark: null }).success).toBe(true);
});

describe('a list with sync tokens', () => {
  const asked: object[] = [];
  const page = { items: [], dropped: 0, nextPageToken: null, nextSyncToken: null as string | null };
  const feed = syncTokenFeed({
    rereadAfter: null,
    read: async (position) => {
      asked.push(position);
      return page;
    },
  });
  const { signal } = new AbortController();

  test('is asked by page token, by sync token, and by both', async () => {
    const mark = { contract: 'sync-token', token: 's1' } as const;
    await feed.full(null, signal);
    await feed.full('p1', signal);
    await feed.changes!(mark, null, signal);
    await feed.changes!(mark, 'p1', signal);
    expect(asked).toEqual([{}, { pageToken: 'p1' }, { syncToken: 's1' }, { syncToken: 's1', pageToken: 'p1' }]);
  });

  test('ends with a mark, or without one', async () => {
    expect((await feed.full(null, signal)).next).toEqual({ mark: null });
    page.nextSyncToken = 's2';
    expect((await feed.full(null, signal)).next).toEqual({ mark: { contract: 'sync-token', token: 's2' } });
  });

  test.each([
    [410, 'mark'],
    [400, 'page'],
    [401, null],
    [403, null],
    [404, null],
    [429, null],
    [500, null],
    [503, null],
  ])('%i says that it has forgotten: %s', (status, what) => {
    const answer: Observation = {
      kind: 'answer',
      where: 'resource-api',
      status,
      error: null,
      subtype: null,
      description: null,
      retryAfterSeconds: null,
    };
    expect(feed.forgotten(answer)).toBe(what);
  });

  test('an answer that is not Google’s, or none, says nothing of it', () => {
    expect(
      feed.forgotten({ kind: 'unreadable', where: 'resource-api', status: 410, contentType: 'text/html' }),
    ).toBeNull();
    expect(feed.forgotten({ kind: 'network', where: 'resource-api', code: 'ENOTFOUND' })).toBeNull();
  });
});

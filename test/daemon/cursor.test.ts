import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/contract/observation.ts';
import { afterPage, afterRejection, type Cursor, positionOf } from '../../src/daemon/calendar/cursor.ts';

const full: Cursor = { kind: 'full', generation: 4, pageToken: null };
const fullPaged: Cursor = { kind: 'full', generation: 4, pageToken: 'p1' };
const current: Cursor = { kind: 'current', generation: 4, syncToken: 's1', fullAt: 7 };
const delta: Cursor = { kind: 'delta', generation: 4, syncToken: 's1', pageToken: 'p1', fullAt: 7 };
const anew: Cursor = { kind: 'full', generation: 5, pageToken: null };

test('the tokens that are sent', () => {
  expect([full, fullPaged, current, delta].map(positionOf)).toEqual([
    {},
    { pageToken: 'p1' },
    { syncToken: 's1' },
    { syncToken: 's1', pageToken: 'p1' },
  ]);
});

describe('after a page', () => {
  const page = (nextPageToken: string | null, nextSyncToken: string | null) => ({ nextPageToken, nextSyncToken });

  test('another one follows', () => {
    expect(afterPage(full, page('p2', null), 9)).toEqual({ ...full, pageToken: 'p2' });
    expect(afterPage(current, page('p2', null), 9)).toEqual({ ...delta, pageToken: 'p2' });
    expect(afterPage(delta, page('p2', null), 9)).toEqual({ ...delta, pageToken: 'p2' });
  });

  test('or it was the last one', () => {
    expect(afterPage(fullPaged, page(null, 's2'), 9)).toEqual({ ...current, syncToken: 's2', fullAt: 9 });
    expect(afterPage(delta, page(null, 's2'), 9)).toEqual({ ...current, syncToken: 's2' });
  });

  test('or it leads nowhere, or round in a circle', () => {
    expect(afterPage(full, page(null, null), 9)).toBeNull();
    expect(afterPage(fullPaged, page('p1', null), 9)).toBeNull();
  });
});

describe('after a refusal', () => {
  const answer = (status: number): Observation => ({
    kind: 'answer',
    where: 'resource-api',
    status,
    error: null,
    subtype: null,
    description: null,
    retryAfterSeconds: null,
  });

  test('an expired sync token means reading from the beginning in a new generation', () => {
    expect(afterRejection(current, answer(410))).toEqual(anew);
    expect(afterRejection(delta, answer(410))).toEqual(anew);
  });

  test('an expired page token means starting that reading over', () => {
    expect(afterRejection(fullPaged, answer(400))).toEqual(anew);
    expect(afterRejection(fullPaged, answer(410))).toEqual(anew);
    expect(afterRejection(delta, answer(400))).toEqual(current);
  });

  test('a refused first page cannot be started over', () => {
    expect(afterRejection(full, answer(400))).toBeNull();
    expect(afterRejection(full, answer(410))).toBeNull();
  });

  test.each([401, 403, 404, 429, 500, 503])('%i says nothing about the tokens', (status) => {
    for (const cursor of [full, fullPaged, current, delta]) expect(afterRejection(cursor, answer(status))).toBeNull();
  });

  test('nor does an answer that is not from Google, or none', () => {
    const html: Observation = { kind: 'unreadable', where: 'resource-api', status: 410, contentType: 'text/html' };
    const none: Observation = { kind: 'network', where: 'resource-api', code: 'ENOTFOUND' };
    for (const cursor of [full, fullPaged, current, delta]) {
      expect(afterRejection(cursor, html)).toBeNull();
      expect(afterRejection(cursor, none)).toBeNull();
    }
  });
});

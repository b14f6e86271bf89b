import { expect, test } from 'vitest';
import { ago, until } from '../../src/renderer/common/relative-time.ts';

const now = Date.parse('2025-05-12T09:00:00Z');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [-4 * second, 'just now'],
  [9 * second, 'just now'],
  [10 * second, '10 seconds ago'],
  [59 * second, '50 seconds ago'],
  [60 * second, '1 minute ago'],
  [2 * minute + 59 * second, '2 minutes ago'],
  [hour - 1, '59 minutes ago'],
  [hour, '1 hour ago'],
  [day - 1, '23 hours ago'],
  [3 * day + 5 * hour, '3 days ago'],
])('what happened %d ms ago', (gone, words) => {
  expect(ago(now - gone, now)).toBe(words);
});

test.each([
  [-hour, 'in a moment'],
  [0, 'in a moment'],
  [9 * second, 'in a moment'],
  [45 * second, 'in 40 seconds'],
  [minute, 'in 1 minute'],
  [5 * minute - 1, 'in 4 minutes'],
  [2 * hour, 'in 2 hours'],
])('what is %d ms ahead', (ahead, words) => {
  expect(until(now + ahead, now)).toBe(words);
});

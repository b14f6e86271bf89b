import { expect, test } from 'vitest';
import { isPaused, pauseEnds } from '../../src/renderer/sync/pause-words.ts';

test('a pause is over at the moment it ends', () => {
  expect(isPaused(null, 0)).toBe(false);
  expect(isPaused(1_000, 999)).toBe(true);
  expect(isPaused(1_000, 1_000)).toBe(false);
});

test.each([
  ['2025-05-12T09:00:00Z', '2025-05-12T13:32:00Z', '14:32'],
  ['2025-05-12T22:40:00Z', '2025-05-12T23:40:00Z', 'tomorrow at 0:40'],
  ['2025-05-12T09:00:00Z', '2025-05-13T06:00:00Z', 'tomorrow at 7:00'],
  ['2025-05-12T09:00:00Z', '2025-05-16T06:00:00Z', 'Friday 16 May at 7:00'],
])('at %s, a pause until %s ends %s', (now, at, words) => {
  expect(pauseEnds('en-GB', 'Europe/Lisbon')(Date.parse(at), Date.parse(now))).toBe(words);
});

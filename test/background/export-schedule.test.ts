import { expect, test } from 'vitest';
import type { ExportOutcome } from '../../src/contract/export.ts';
import { nextExport } from '../../src/main/background/export-schedule.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 2, 2, 9);
const done: ExportOutcome = { kind: 'done', items: 1, files: 1, beside: [] };
const cancelled: ExportOutcome = { kind: 'cancelled' };
const failed: ExportOutcome = { kind: 'failed', problem: { code: 'x', sentence: 'X.' } };

test.each([
  ['never', done, null],
  ['day', done, 23],
  ['week', done, 7 * 24 - 1],
  // Whoever cancels one does not want it again in an hour.
  ['day', cancelled, 23],
  ['week', failed, 0],
] as const)('an hour after the last, every %s, %o', (every, outcome, hours) => {
  const next = nextExport(every, { at: now - hour, outcome }, now);
  expect(next).toBe(hours === null ? null : now + hours * hour);
});

test('the first one is due at once', () => {
  expect(nextExport('week', null, now)).toBe(now);
  expect(nextExport('never', null, now)).toBeNull();
});

test('a clock that was set back by years costs one interval at most', () => {
  expect(nextExport('day', { at: now + 1_000 * 24 * hour, outcome: done }, now)).toBe(now + 24 * hour);
});

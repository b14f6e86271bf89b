import { expect, test } from 'vitest';
import type { ExportOutcome } from '../../src/contract/export.ts';
import { exportPause } from '../../src/main/background/export-schedule.ts';

const hour = 3_600_000;
const done: ExportOutcome = { kind: 'done', items: 1, files: 1, beside: [] };
const cancelled: ExportOutcome = { kind: 'cancelled' };
const failed: ExportOutcome = { kind: 'failed', problem: { code: 'x', sentence: 'X.' } };

test.each([
  ['never', done, null],
  ['day', done, 24],
  ['week', done, 7 * 24],
  // Whoever cancels one does not want it again in an hour.
  ['day', cancelled, 24],
  ['week', failed, 1],
] as const)('after the last, every %s, %o', (every, outcome, hours) => {
  expect(exportPause(every, { at: 0, outcome })).toBe(hours === null ? null : hours * hour);
});

test('the first one is due at once', () => {
  expect(exportPause('week', null)).toBe(0);
  expect(exportPause('never', null)).toBeNull();
});

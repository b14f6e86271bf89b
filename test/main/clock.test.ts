import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';

afterEach(() => void vi.useRealTimers());

test('what is due in months does not run at once, and can be taken back at any time', () => {
  vi.useFakeTimers();
  const days = 86_400_000;
  let ran = 0;
  systemClock.after(60 * days, () => {
    ran += 1;
  });
  const takeBack = systemClock.after(60 * days, () => {
    ran += 100;
  });
  vi.advanceTimersByTime(60 * days - 1);
  expect(ran).toBe(0);
  takeBack();
  vi.advanceTimersByTime(1);
  expect(ran).toBe(1);
});

import { expect, test } from 'vitest';
import { planRetention } from '../../src/main/accounts/retention.ts';

const day = 86_400_000;

/** Lets a planner run whenever the computer is on; answers the days of announcements and of the erasure. */
function live(days: number, isOn: (day: number) => boolean, until = 400) {
  const announcedAt: number[] = [];
  for (let now = 0; now < until * day; now += day / 4) {
    if (!isOn(Math.floor(now / day))) continue;
    const step = planRetention({ deadSince: 0, announcedAt }, days, now);
    if (step.kind === 'announce') announcedAt.push(now);
    if (step.kind === 'erase') return { announced: announcedAt.map((at) => at / day), erased: now / day };
  }
  return { announced: announcedAt.map((at) => at / day), erased: null };
}

test('the copy is announced a week and a day before, and erased on the day', () => {
  expect(live(30, () => true)).toEqual({ announced: [23, 29], erased: 30 });
});

test('a computer that was off is told twice, a day apart, before anything goes', () => {
  expect(live(30, (today) => today < 5 || today >= 100)).toEqual({ announced: [100, 101], erased: 102 });
});

test('a short period still announces twice', () => {
  expect(live(1, () => true)).toEqual({ announced: [0, 1], erased: 2 });
});

test('the announcement names a moment that is kept or put off, never brought forward', () => {
  const first = planRetention({ deadSince: 0, announcedAt: [] }, 30, 23 * day);
  expect(first).toEqual({ kind: 'announce', eraseAt: 30 * day });
  const late = planRetention({ deadSince: 0, announcedAt: [] }, 30, 90 * day);
  expect(late).toEqual({ kind: 'announce', eraseAt: 92 * day });
});

test('without a period the copy stays', () => {
  expect(planRetention({ deadSince: 0, announcedAt: [] }, null, 10_000 * day).kind).toBe('keep');
});

import { expect, test } from 'vitest';
import { defaultIntervals, type Outcome } from '../../src/daemon/calendar/plan.ts';
import { createScheduler } from '../../src/daemon/calendar/scheduler.ts';
import { fakeClock } from '../fake-clock.ts';
import { morning } from './support/morning.ts';

const fine: Outcome = { failure: null, retryAfterSeconds: null };
const broken = (retryAfterSeconds: number | null = null): Outcome => ({
  failure: { kind: 'observed', observation: { kind: 'network', where: 'resource-api', code: 'ECONNRESET' } },
  retryAfterSeconds,
});

/** A scheduler whose syncs end when the test says so. */
function scheduled(visible = true) {
  const clock = fakeClock(morning);
  const ends: ((outcome: Outcome) => void)[] = [];
  const plans: (number | null)[] = [];
  const signals: AbortSignal[] = [];
  const scheduler = createScheduler({
    clock,
    random: () => 0.5,
    intervals: defaultIntervals,
    visible,
    sync: (signal) => {
      signals.push(signal);
      return new Promise((resolve) => {
        ends.push(resolve);
        signal.addEventListener('abort', () => resolve(fine));
      });
    },
    onPlan: (nextAt) => plans.push(nextAt === null ? null : nextAt - clock.now()),
  });
  const end = async (outcome: Outcome) => {
    ends.at(-1)?.(outcome);
    await new Promise(setImmediate);
  };
  return { clock, scheduler, end, plans, signals, begun: () => ends.length };
}

test('syncs again and again, whatever became of the last one', async () => {
  const { clock, scheduler, end, begun } = scheduled();
  void scheduler.syncNow();
  await end(fine);
  clock.advance(59_999);
  expect(begun()).toBe(1);
  clock.advance(1);
  expect(begun()).toBe(2);
  for (const [index, wait] of [15, 30, 60, 120].entries()) {
    await end(broken());
    clock.advance(wait * 1000 - 1);
    expect(begun()).toBe(2 + index);
    clock.advance(1);
    expect(begun()).toBe(3 + index);
  }
  await end(fine);
  expect(clock.waiting()).toEqual([60_000]);
});

test('runs one sync at a time and lets everyone who asks wait for it', async () => {
  const { scheduler, end, begun } = scheduled();
  const order: string[] = [];
  const first = scheduler.syncNow().then(() => order.push('first'));
  const second = scheduler.syncNow().then(() => order.push('second'));
  scheduler.resumed();
  scheduler.setVisible(false);
  expect(begun()).toBe(1);
  expect(order).toEqual([]);
  await end(broken());
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('becoming visible makes a sync due that the hidden window would have waited for', async () => {
  const { clock, scheduler, end, begun, plans } = scheduled(false);
  void scheduler.syncNow();
  await end(fine);
  expect(plans.at(-1)).toBe(300_000);
  clock.advance(30_000);
  scheduler.setVisible(true);
  expect(plans.at(-1)).toBe(30_000);
  scheduler.setVisible(false);
  clock.advance(60_000);
  expect(begun()).toBe(1);
  scheduler.setVisible(true);
  expect(begun()).toBe(2);
});

test('waking up makes a sync due at once, but not before the moment Google named', async () => {
  const { clock, scheduler, end, begun } = scheduled();
  void scheduler.syncNow();
  await end(fine);
  scheduler.resumed();
  expect(begun()).toBe(2);
  await end(broken(600));
  scheduler.resumed();
  await scheduler.syncNow();
  clock.advance(599_999);
  expect(begun()).toBe(2);
  clock.advance(1);
  expect(begun()).toBe(3);
});

test('stopping aborts the running sync, waits for its end, and plans no other', async () => {
  const { clock, scheduler, begun, signals, plans } = scheduled();
  const asked = scheduler.syncNow();
  await scheduler.stop();
  await asked;
  expect(signals[0]?.aborted).toBe(true);
  expect(plans.at(-1)).toBeNull();
  await scheduler.syncNow();
  scheduler.resumed();
  clock.advance(86_400_000);
  expect(begun()).toBe(1);
});

import { expect, test } from 'vitest';
import type { Conditions } from '../../src/contract/daemon.ts';
import { defaultIntervals, firstConditions, type Outcome } from '../../src/daemon/sync/plan.ts';
import { createScheduler } from '../../src/daemon/sync/scheduler.ts';
import { fakeClock } from '../fake-clock.ts';
import { morning } from './support/morning.ts';

const fine: Outcome = { failure: null, retryAfterSeconds: null };
const broken = (retryAfterSeconds: number | null = null): Outcome => ({
  failure: { kind: 'observed', observation: { kind: 'network', where: 'resource-api', code: 'ECONNRESET' } },
  retryAfterSeconds,
});

/** A scheduler whose syncs end when the test says so. */
function scheduled(changed: Partial<Conditions> = {}) {
  const clock = fakeClock(morning);
  const ends: ((outcome: Outcome) => void)[] = [];
  const plans: (number | null)[] = [];
  const signals: AbortSignal[] = [];
  const scheduler = createScheduler({
    clock,
    random: () => 0.5,
    intervals: defaultIntervals,
    conditions: { ...firstConditions, ...changed },
    sync: (signal) => {
      signals.push(signal);
      return new Promise((resolve) => {
        ends.push(resolve);
        signal.addEventListener('abort', () => resolve(fine));
      });
    },
    onUrged: () => {},
    onPlan: (nextAt) => plans.push(nextAt === null ? null : nextAt - clock.now()),
  });
  const end = async (outcome: Outcome) => {
    ends.at(-1)?.(outcome);
    await new Promise(setImmediate);
  };
  const set = (next: Partial<Conditions>) => scheduler.setConditions({ ...firstConditions, ...next });
  return { clock, scheduler, end, plans, signals, set, begun: () => ends.length };
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
  const { scheduler, end, begun, set } = scheduled();
  const order: string[] = [];
  const first = scheduler.syncNow().then(() => order.push('first'));
  const second = scheduler.syncNow().then(() => order.push('second'));
  scheduler.resumed();
  set({ watched: false });
  expect(begun()).toBe(1);
  expect(order).toEqual([]);
  await end(broken());
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('a window that is looked at makes a sync due that would have waited in the background', async () => {
  const { clock, scheduler, end, begun, plans, set } = scheduled({ watched: false });
  void scheduler.syncNow();
  await end(fine);
  expect(plans.at(-1)).toBe(300_000);
  clock.advance(30_000);
  set({ watched: true });
  expect(plans.at(-1)).toBe(30_000);
  set({ watched: false });
  clock.advance(60_000);
  expect(begun()).toBe(1);
  set({ watched: true });
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

test('a pause drops the running sync, begins none, and lets one go on that a person asks for', async () => {
  const { clock, scheduler, end, begun, signals, plans, set } = scheduled();
  scheduler.start();
  expect(begun()).toBe(1);
  const pausedUntil = clock.now() + 3_600_000;
  set({ pausedUntil });
  expect(signals[0]?.aborted).toBe(true);
  await end(fine);
  expect(plans.at(-1)).toBe(3_600_000);

  void scheduler.syncNow();
  expect(begun()).toBe(2);
  // Whatever else changes meanwhile: it was paused before, and the person asked all the same.
  set({ pausedUntil, watched: false });
  expect(signals[1]?.aborted).toBe(false);
  await end(broken());
  scheduler.resumed();
  clock.advance(3_599_999);
  expect(begun()).toBe(2);
  clock.advance(1);
  expect(begun()).toBe(3);
});

test('a sync that is asked for while another is being dropped is one of its own', async () => {
  const { clock, scheduler, end, begun, set } = scheduled();
  scheduler.start();
  set({ pausedUntil: clock.now() + 3_600_000 });
  const asked = scheduler.syncNow();
  await new Promise(setImmediate);
  expect(begun()).toBe(2);
  await end(fine);
  await asked;
  expect(begun()).toBe(2);
});

test('a computer that goes to sleep drops a sync that was asked for in a pause, too', () => {
  const { clock, scheduler, signals, set } = scheduled();
  const pausedUntil = clock.now() + 3_600_000;
  set({ pausedUntil });
  void scheduler.syncNow();
  set({ pausedUntil, asleep: true });
  expect(signals[0]?.aborted).toBe(true);
});

test('what Google asked for holds for a sync that was dropped in the same moment', async () => {
  const { scheduler, end, plans, set } = scheduled();
  scheduler.start();
  const ended = end(broken(600));
  set({ asleep: true });
  await ended;
  set({});
  expect(plans.at(-1)).toBe(600_000);
});

test('the end of a pause makes a sync due that the pause had dropped', async () => {
  const { clock, scheduler, end, begun, set } = scheduled();
  scheduler.start();
  set({ pausedUntil: clock.now() + 3_600_000 });
  await end(fine);
  set({});
  expect(begun()).toBe(2);
});

test('started in a pause, it waits for the end of it', () => {
  const { clock, scheduler, begun } = scheduled({ pausedUntil: morning + 60_000 });
  scheduler.start();
  clock.advance(59_999);
  expect(begun()).toBe(0);
  clock.advance(1);
  expect(begun()).toBe(1);
});

test('a computer that goes to sleep drops the running sync, which is due when it wakes up', async () => {
  const { clock, scheduler, end, begun, signals, plans, set } = scheduled();
  scheduler.start();
  set({ asleep: true });
  expect(signals[0]?.aborted).toBe(true);
  await end(fine);
  expect(plans.at(-1)).toBeNull();
  clock.advance(86_400_000);
  expect(begun()).toBe(1);
  set({});
  expect(begun()).toBe(2);
});

test.each([2 * 3_600_000, 400 * 86_400_000])(
  'S42 a clock that is set back by %i ms, or forward, changes nothing in what is planned',
  async (jump) => {
    for (const to of [-jump, jump]) {
      const { scheduler, clock, end, begun, set } = scheduled();
      scheduler.start();
      await end(fine);
      clock.set(clock.now() + to);
      set({ watched: false });
      set({ watched: true });
      expect(clock.waiting()).toEqual([60_000]);
      clock.advance(60_000);
      expect(begun()).toBe(2);
      await end(fine);
      void scheduler.syncNow();
      expect(begun()).toBe(3);
    }
  },
);

import { expect, test } from 'vitest';
import { lookDaily } from '../../src/main/background/look-daily.ts';
import { fakeClock } from '../fake-clock.ts';

const hour = 3_600_000;

test('it is looked for at once and once a day, however it went', () => {
  const clock = fakeClock();
  const outcomes = [() => Promise.reject(new Error('unreachable')), () => new Promise(() => {}), async () => null];
  let looks = 0;
  lookDaily(clock, () => {
    looks += 1;
    return (outcomes[looks % 3] as () => Promise<unknown>)();
  });
  expect(looks).toBe(1);
  for (let day = 1; day <= 6; day += 1) {
    clock.advance(23 * hour);
    expect(looks).toBe(day);
    clock.advance(hour);
    expect(looks).toBe(day + 1);
  }
  expect(clock.waiting()).toEqual([24 * hour]);
});

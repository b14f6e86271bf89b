import { expect, test } from 'vitest';
import { oneAtATime } from '../../src/renderer/common/one-at-a-time.ts';

test('while a job runs only the newest wish is kept', async () => {
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const wish = oneAtATime<number>((number) => {
    started.push(number);
    return new Promise((resolve) => ends.push(resolve));
  });
  const finish = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };

  wish(1);
  wish(2);
  wish(3);
  expect(started).toEqual([1]);
  await finish();
  expect(started).toEqual([1, 3]);
  await finish();
  wish(4);
  expect(started).toEqual([1, 3, 4]);
});

import { expect, test } from 'vitest';
import { paceOpenings } from '../../src/main/auth/pace-openings.ts';
import { fakeClock } from '../fake-clock.ts';
import { startCore } from './core.ts';

test('S29 of thirty requests at once one page opens, and after a pause one more', async () => {
  const clock = fakeClock();
  const opened: string[] = [];
  const paced = paceOpenings(clock, async (url) => void opened.push(url));
  const asked = Array.from({ length: 30 }, (_, index) => paced.open(() => `page ${index}`));
  await asked[0];
  expect(opened).toEqual(['page 29']);
  const later = Array.from({ length: 30 }, (_, index) => paced.open(() => `later ${index}`));
  clock.advance(2_999);
  await Promise.resolve();
  expect(opened).toHaveLength(1);
  clock.advance(1);
  await Promise.all(later);
  expect(opened).toEqual(['page 29', 'later 29']);
});

test('S29 a page that was answered is followed by the next at once', async () => {
  const clock = fakeClock();
  const opened: string[] = [];
  const paced = paceOpenings(clock, async (url) => void opened.push(url));
  await paced.open(() => 'first');
  paced.answered();
  await paced.open(() => 'second');
  expect(opened).toEqual(['first', 'second']);
});

test('S29 an attempt that is over by then opens nothing, and a browser that does not open holds nobody up', async () => {
  const clock = fakeClock();
  const opened: string[] = [];
  const paced = paceOpenings(clock, async (url) => {
    opened.push(url);
    if (url === 'broken') throw new Error('no browser');
  });
  await expect(paced.open(() => 'broken')).rejects.toThrow('no browser');
  clock.advance(3_000);
  await paced.open(() => null);
  await paced.open(() => 'next');
  expect(opened).toEqual(['broken', 'next']);
});

test('S29 asked thirty times, the app opens one dialog', async () => {
  let dialogs = 0;
  const chosen = Promise.withResolvers<null>();
  const pickFile = () => {
    dialogs += 1;
    return chosen.promise;
  };
  await using core = await startCore({ deps: { pickFile } });
  const asked = Array.from({ length: 30 }, () => core.mooring.requests.pickClientFile(null));
  chosen.resolve(null);
  await Promise.all(asked);
  expect(dialogs).toBe(1);
  await core.mooring.requests.pickClientFile(null);
  expect(dialogs).toBe(2);
});

test('S29 asked thirty times, the app opens one page', async () => {
  await using core = await startCore();
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await expect.poll(() => core.opened.length).toBe(1);
  const again = Array.from({ length: 30 }, () => core.mooring.requests.openSignInAgain(null));
  for (let count = 0; count < 10; count += 1)
    await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  core.clock.advance(3_000);
  await Promise.all(again);
  await expect.poll(() => core.opened.length).toBe(2);
  core.clock.advance(2_000);
  expect(core.opened).toHaveLength(2);
});

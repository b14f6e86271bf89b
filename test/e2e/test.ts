import { test as base, expect } from 'playwright/test';
import { electronExecutable } from '../electron/launch.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

export { expect };

/**
 * A test with a world of its own. Whatever the test did, the world is then searched for secrets: every code, verifier and
 * token that Google gave out or was shown, and the client's secret.
 */
export const test = base.extend<{ options: WorldOptions; world: World }, { host: string }>({
  options: [{}, { option: true }],
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern.
    async ({}, use) => {
      const real = electronExecutable() !== null;
      await use(real ? 'electron' : 'stand-in');
    },
    { scope: 'worker' },
  ],
  world: async ({ options }, use) => {
    const world = await openWorld(options);
    await use(world);
    const leaks = await world.leaks();
    await world.close();
    expect(leaks, 'secrets outside the keychain').toEqual([]);
  },
});

import { test as base, expect } from 'playwright/test';
import { openWorld, type World, type WorldOptions } from './world.ts';

export { expect };

/**
 * S17: a test with a world of its own. Whatever the test did, the world is then searched for secrets, with the app running and
 * after its end: every code, verifier and token that Google gave out or was shown, the key that a refresh token is bound
 * to, and the client's secret.
 */
export const test = base.extend<{ options: WorldOptions; world: World }>({
  options: [{}, { option: true }],
  world: async ({ options, browser }, use) => {
    const world = await openWorld(browser, options);
    try {
      await use(world);
      const running = await world.leaks();
      await world.endApps();
      const ended = await world.leaks();
      expect([...running, ...ended], 'secrets outside the keychain').toEqual([]);
      // A search for nothing finds nothing: the client's secret, and of a sign-in the code, verifier and three tokens.
      expect(world.google.control.secretsIssued().length).toBeGreaterThanOrEqual(world.signedIn() ? 6 : 1);
    } finally {
      await world.close();
    }
  },
});

import { once } from 'node:events';
import type { Page } from 'playwright';
import { type RunningApp, runApp } from '../electron/launch.ts';
import { expect } from './test.ts';
import { connection } from './views.ts';
import { signIn, type World } from './world.ts';

/** The app with one account that is signed in and has been synced. */
export async function signedIn(world: World): Promise<{ app: RunningApp; window: Page }> {
  const launched = await world.launch();
  await signIn(world, launched.window);
  await expect(connection(launched.window)).toHaveAttribute('data-connection', 'connected');
  await expect(launched.window.getByTestId('last-sync')).toHaveAttribute('data-at');
  return launched;
}

/** Starts the program once more, and waits until that second one has ended. */
export async function startAgain(world: World, ...args: string[]): Promise<void> {
  expect(await once(runApp({ env: world.env, headed: false, args }), 'exit')).toEqual([0, null]);
}

/** Asks main for something, as the window does. */
export const request = (window: Page, name: string, params?: unknown) =>
  window.evaluate(
    ([asked, given]) =>
      (window as unknown as { mooring: Record<string, (p: unknown) => unknown> }).mooring[asked]!(given),
    [name, params] as const,
  );

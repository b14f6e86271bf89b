import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';
import type { RehearsalFailure } from '../../src/contract/rehearsal.ts';
import { allow } from '../e2e/browser.ts';
import { service, truth } from '../e2e/views.ts';
import { signIn, type World } from '../e2e/world.ts';

/** How a failure shows, and what puts it right. */
interface Scene {
  readonly failure: RehearsalFailure;
  /** What is said of the connection, or of the service alone, and with which reason. */
  readonly shows: readonly [kind: string, reason: string];
  readonly of?: 'service';
  readonly repair: 'reconnect' | 'google' | 'rebuild';
}

const scenes: readonly Scene[] = [
  { failure: 'keychain-entry-deleted', shows: ['needs-reconnect', 'grant-missing'], repair: 'reconnect' },
  { failure: 'keychain-entry-garbled', shows: ['needs-reconnect', 'grant-missing'], repair: 'reconnect' },
  { failure: 'keychain-entry-swapped', shows: ['needs-reconnect', 'grant-missing'], repair: 'reconnect' },
  { failure: 'key-lost', shows: ['needs-reconnect', 'key-lost'], repair: 'reconnect' },
  { failure: 'grant-revoked', shows: ['needs-reconnect', 'grant-revoked'], repair: 'reconnect' },
  { failure: 'testing-week-over', shows: ['needs-reconnect', 'grant-revoked'], repair: 'reconnect' },
  { failure: 'idle-six-months', shows: ['needs-reconnect', 'grant-revoked'], repair: 'reconnect' },
  { failure: 'session-ended', shows: ['needs-reconnect', 'session-expired'], repair: 'reconnect' },
  { failure: 'permission-removed', of: 'service', shows: ['needs-permission', 'scope-missing'], repair: 'reconnect' },
  { failure: 'blocked-by-admin', shows: ['blocked-by-admin', 'blocked-by-admin'], repair: 'google' },
  { failure: 'client-deleted', shows: ['app-misconfigured', 'client-deleted'], repair: 'google' },
  { failure: 'client-secret-wrong', shows: ['app-misconfigured', 'client-invalid'], repair: 'google' },
  { failure: 'clock-off', shows: ['offline', 'clock-wrong'], repair: 'google' },
  { failure: 'google-down', of: 'service', shows: ['waiting', 'google-unavailable'], repair: 'google' },
  { failure: 'rate-limited', of: 'service', shows: ['waiting', 'rate-limited'], repair: 'google' },
  { failure: 'captive-portal', shows: ['offline', 'not-google'], repair: 'google' },
  { failure: 'connection-dropped', shows: ['offline', 'no-network'], repair: 'google' },
  { failure: 'api-disabled', of: 'service', shows: ['api-disabled', 'api-disabled'], repair: 'google' },
  { failure: 'service-blocked', of: 'service', shows: ['blocked-by-admin', 'blocked-by-admin'], repair: 'google' },
  { failure: 'quota-used-up', of: 'service', shows: ['waiting', 'quota-exhausted'], repair: 'google' },
  { failure: 'unknown-refusal', of: 'service', shows: ['waiting', 'unexpected-answer'], repair: 'google' },
  { failure: 'keychain-locked', shows: ['keychain-unavailable', 'keychain-locked'], repair: 'google' },
  { failure: 'database-damaged', shows: ['connected', 'working'], repair: 'rebuild' },
];

/**
 * Brings each failure of the credential lab about, by its button, and puts it right as a person would: measured from the
 * press of the button to the state on screen, and from the remedy to "Connected". The agenda has to stay all along.
 */
export async function playFailures(
  world: World,
  window: Page,
  tools: { print: (line: string) => void; photograph: (page: Page, name: string) => Promise<void> },
): Promise<void> {
  const { print, photograph } = tools;
  await signIn(world, window);
  const connection = window.getByRole('region', { name: 'Connection' });
  await settled(connection);
  const [ada] = world.google.control.people();
  const there = truth(world, ada?.sub ?? '');
  const whole = `${there.calendars} calendars · ${there.events.toLocaleString('en')} events`;
  const isWhole = () => expect(window.getByTestId('counts')).toHaveText(whole, { timeout: 30_000 });
  await isWhole();
  await window.getByRole('button', { name: 'Credentials…' }).click();
  const press = (failure: RehearsalFailure) => window.locator(`[data-failure="${failure}"]`).click();

  print(`${'failure'.padEnd(24)} ${'shown as'.padEnd(42)} detected     repaired`);
  for (const scene of scenes) {
    const [kind, reason] = scene.shows;
    const began = performance.now();
    await press(scene.failure);
    const rebuild = window.getByRole('button', { name: 'Copy everything anew' });
    if (scene.repair === 'rebuild') await rebuild.waitFor({ timeout: 30_000 });
    else {
      const [card, state] =
        scene.of === 'service' ? [service(window), 'data-standing'] : [connection, 'data-connection'];
      await expect(card).toHaveAttribute(state, kind, { timeout: 30_000 });
      await expect(card).toHaveAttribute('data-reason', reason, { timeout: 30_000 });
    }
    const shown = performance.now();
    await photograph(window, scene.failure);
    const remedy = performance.now();
    await put(scene, { world, window, connection, rebuild, press });
    await settled(connection);
    await expect(service(window)).toHaveAttribute('data-standing', 'working', { timeout: 30_000 });
    const ended = performance.now();
    const state = scene.repair === 'rebuild' ? 'storage: damaged' : `${kind}: ${reason}`;
    const times = [shown - began, ended - remedy].map((each) => `${Math.round(each)} ms`.padStart(9));
    print(`${scene.failure.padEnd(24)} ${state.padEnd(42)} ${times.join('   ')}`);
  }
  await isWhole();
  print(`\n${scenes.length} failures shown and repaired; the copy holds all that Google has: ${whole}.`);
}

async function put(
  { repair }: Scene,
  at: {
    world: World;
    window: Page;
    connection: Locator;
    rebuild: Locator;
    press: (failure: RehearsalFailure) => Promise<void>;
  },
): Promise<void> {
  switch (repair) {
    case 'reconnect': {
      const page = at.world.browser.nextPage();
      const column = at.window.getByRole('complementary');
      await column.getByRole('button', { name: /^(Reconnect|Give permission)/ }).click();
      return allow(await page, 'Ada Lovelace');
    }
    case 'google':
      return at.press('repair-everything');
    case 'rebuild':
      await at.rebuild.click();
      return at.rebuild.waitFor({ state: 'hidden', timeout: 30_000 });
    default:
      repair satisfies never;
  }
}

const settled = (connection: Locator) =>
  expect(connection).toHaveAttribute('data-connection', 'connected', { timeout: 30_000 });

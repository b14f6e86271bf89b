import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/contract/connection.ts';
import type { AppState } from '../../src/contract/state.ts';
import { idleSync, type SyncStatus } from '../../src/contract/sync.ts';
import { calm, type Opened, startWindows } from './open-window.ts';
import { connected, offline, view, working } from './views.ts';

// The renderer as it is shipped, in Chromium; the test plays main on the other side of the bridge.

let windows: Awaited<ReturnType<typeof startWindows>>;
beforeAll(async () => {
  windows = await startWindows();
}, 60_000);
afterAll(() => windows.close());

const hour = 3_600_000;
const large = { width: 1100, height: 760 };
const small = { width: 720, height: 520 };

/** Opens a window, which is closed at the end of the test's scope. */
async function open(...params: Parameters<typeof windows.open>) {
  const opened = await windows.open(...params);
  return { ...opened, [Symbol.asyncDispose]: () => opened.page.context().close() };
}

describe('while a sync begins, goes on and ends, nothing moves', () => {
  const progress = { list: null, done: 0, total: null, items: 0, full: false };
  const reading = { ...progress, done: 1, total: 12, items: 125_012 };
  const stages: Readonly<Record<string, Partial<SyncStatus>>> = {
    begun: { running: true },
    'under way': { running: true, progress },
    'reading a calendar with a long name': {
      running: true,
      progress: { ...reading, list: 'Rowing club, boats and boathouse, second quarter '.repeat(3) },
    },
    'reading from the beginning': { running: true, progress: { ...reading, full: true } },
    ended: {
      counts: { calendars: 12, events: 125_012 },
      lastSuccessAt: Date.now() - 50 * 60_000,
      nextAt: Date.now() + 59 * 60_000,
      revision: 1,
    },
  };

  /** Where everything in the column is. */
  const places = ({ page }: Opened) =>
    page
      .locator('aside :is(button, h2, h3, section)')
      .evaluateAll((all) =>
        all.map((each) => [each.textContent?.slice(0, 20), each.getBoundingClientRect().top, each.clientHeight]),
      );

  test.each([
    ['one account', ['ada'], large],
    ['one account in the smallest window', ['ada'], small],
    ['three accounts', ['ada', 'grace', 'mary'], large],
    ['three accounts in the smallest window', ['ada', 'grace', 'mary'], small],
  ])('with %s', async (_, people, size) => {
    const state = (sync: Partial<SyncStatus>): AppState => ({
      ...calm,
      accounts: people.map((id) => ({
        ...view(id),
        services: { calendar: { standing: working, sync: { ...idleSync, ...sync } } },
      })),
    });
    await using window = await open(state({}), undefined, size);
    await window.page.getByRole('button', { name: 'Sync now' }).first().waitFor();
    const before = await places(window);
    expect(before.length).toBeGreaterThan(5);
    for (const [stage, sync] of Object.entries(stages)) {
      await window.say(state(sync));
      // The bar of a sync that lasts appears after a second.
      await window.page.clock.runFor(1_500);
      const bars = await window.page.getByRole('progressbar').count();
      expect([stage, bars]).toEqual([stage, sync.progress ? people.length : 0]);
      expect([stage, (await places(window)).map(([, ...place]) => place)]).toEqual([
        stage,
        before.map(([, ...place]) => place),
      ]);
    }
  });
});

describe('settings', () => {
  const settings = async (opened: Opened) => {
    await opened.page.getByRole('button', { name: 'Settings' }).click();
    return opened.page.getByRole('main');
  };

  test('are reached and left by keyboard, and the focus comes back', async () => {
    await using window = await open(calm);
    const { page } = window;
    const button = page.getByRole('button', { name: 'Settings' });
    await button.press('Enter');
    await page.getByRole('heading', { name: 'Settings' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Agenda' }).waitFor();
    await button.and(page.locator(':focus')).waitFor();
  });

  test('a choice shows what main says, not what was pressed', async () => {
    const gate = Promise.withResolvers<void>();
    await using window = await open({ ...calm, settings: { ...calm.settings, onClose: 'ask' } }, (name) =>
      name === 'changeSettings' ? gate.promise.then(() => ({ ok: true, value: null })) : undefined,
    );
    const page = await settings(window);
    const [hide, quit] = [
      page.getByRole('radio', { name: 'Keep syncing in the tray' }),
      page.getByRole('radio', { name: 'Quit Mooring' }),
    ];
    await page.getByText('Mooring asks the first time').waitFor();
    expect([await hide.isChecked(), await quit.isChecked()]).toEqual([false, false]);
    await hide.click();
    await window.page.clock.runFor(400);
    await page.getByText('Saving…').waitFor();
    expect(await hide.isChecked()).toBe(false);
    // A second choice has to wait for the first.
    await quit.click({ force: true });
    expect(window.asked).toEqual([{ name: 'changeSettings', params: { onClose: 'hide' } }]);
    await window.say({ ...calm, settings: { ...calm.settings, onClose: 'hide' } });
    gate.resolve();
    await page.getByText('Saved').waitFor();
    expect([await hide.isChecked(), await quit.isChecked()]).toEqual([true, false]);
    await page.getByText('Mooring asks the first time').waitFor({ state: 'hidden' });
  });

  test('what main refuses is said, and stays as it was', async () => {
    await using window = await open(calm, (name) =>
      name === 'setLaunchAtLogin'
        ? Promise.resolve({ ok: false, problem: { code: 'no-autostart', sentence: 'The system did not take it.' } })
        : undefined,
    );
    const page = await settings(window);
    const start = page.getByRole('checkbox', { name: 'Start Mooring when I log in' });
    await start.press('Space');
    await page.getByRole('alert').getByText('The system did not take it.').waitFor();
    expect(await start.isChecked()).toBe(false);
    expect(await page.getByText('Saved').count()).toBe(0);
    expect(window.asked).toEqual([{ name: 'setLaunchAtLogin', params: { on: true } }]);
    await window.say({ ...calm, launchAtLogin: null });
    await page.getByText('cannot have itself started').waitFor();
    expect(await start.count()).toBe(0);
  });

  test('notifications are switched off, and days are saved', async () => {
    await using window = await open(calm);
    const page = await settings(window);
    await page.getByRole('checkbox', { name: 'Tell me when something needs me' }).click();
    await page.getByText('Saved').waitFor();
    await page.getByRole('spinbutton', { name: 'Days' }).fill('90');
    await page.getByRole('spinbutton', { name: 'Days' }).press('Enter');
    await expect
      .poll(() => window.asked)
      .toEqual([
        { name: 'changeSettings', params: { notifications: false } },
        { name: 'changeSettings', params: { retentionDays: 90 } },
      ]);
  });

  test('the warning before a copy is erased leads to how long copies are kept', async () => {
    const warning = { code: 'copy-will-be-erased', sentence: 'Its copy is erased in 6 days.' };
    await using window = await open({ ...calm, accounts: [{ ...view('ada'), warning }] });
    const { page } = window;
    await page.getByRole('button', { name: 'Change how long copies are kept' }).click();
    await page.getByRole('radio', { name: 'for', exact: true }).and(page.locator(':focus')).waitFor();
  });
});

describe('a pause', () => {
  const paused = (pausedUntil: number | null): AppState => ({ ...calm, settings: { ...calm.settings, pausedUntil } });

  test('is asked for, shown, and ended', async () => {
    await using window = await open(calm);
    const { page } = window;
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Pause until tomorrow morning' }).click();
    await page.getByRole('main').getByRole('status').and(page.locator(':focus')).waitFor();
    await window.say(paused(Date.now() + hour));
    await page
      .getByRole('main')
      .getByText(/^Paused until /)
      .waitFor();
    expect(await page.getByTestId('next-sync').innerText()).toBe('paused');
    expect(await page.getByRole('button', { name: 'Sync now' }).isEnabled()).toBe(true);
    await page.getByRole('button', { name: 'Resume now' }).click();
    await page.getByRole('region', { name: 'Pause' }).getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('complementary').and(page.locator(':focus')).waitFor();
    await window.say(paused(null));
    await page.getByText(/^Syncing is paused until /).waitFor({ state: 'hidden' });
    expect(window.asked).toEqual([
      { name: 'pause', params: { length: 'tomorrow' } },
      { name: 'unpause', params: null },
      { name: 'unpause', params: null },
    ]);
  });

  test('ends by itself when its time has come', async () => {
    await using window = await open(paused(Date.now() + hour));
    const { page } = window;
    await page.getByText(/^Syncing is paused until /).waitFor();
    await page.clock.runFor(hour - 60_000);
    expect(await page.getByRole('region', { name: 'Pause' }).count()).toBe(1);
    await page.clock.runFor(62_000);
    await page.getByRole('region', { name: 'Pause' }).waitFor({ state: 'hidden' });
    expect(await page.getByTestId('next-sync').innerText()).toBe('not planned');
  });
});

test('while a reconnect is needed, no next sync is promised', async () => {
  const dead: Connection = {
    kind: 'needs-reconnect',
    reason: 'grant-revoked',
    sentence: 'Access was withdrawn.',
    action: 'reconnect',
    likely: [],
  };
  const planned = { ...idleSync, lastSuccessAt: Date.now(), nextAt: Date.now() + 2.5 * hour };
  const ada = { ...view('ada', dead), services: { calendar: { standing: working, sync: planned } } };
  await using window = await open({ ...calm, accounts: [ada] });
  const next = window.page.getByTestId('next-sync');
  expect(await next.innerText()).toBe('waits for you');
  await window.say({ ...calm, accounts: [{ ...ada, connection: connected }] });
  await next.getByText('in 2 hours').waitFor();
});

describe('a place that main asks for', () => {
  const three: AppState = { ...calm, accounts: [view('ada'), view('grace', offline), view('mary')] };

  test('an account’s card comes into view, whatever stood in its way', async () => {
    await using window = await open(three, undefined, small);
    const { page } = window;
    await page.getByRole('button', { name: 'Settings' }).click();
    await window.show({ kind: 'account', accountId: 'mary' });
    await page.getByRole('heading', { name: 'mary@example.com' }).and(page.locator(':focus')).waitFor();
    await page.getByRole('region', { name: 'Agenda' }).waitFor();
    // The whole card, not its heading alone.
    const seen = await page.getByRole('article', { name: 'mary@example.com' }).evaluate((card) => {
      const { top, bottom } = card.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    expect(seen).toBe(true);
  });

  test('the credentials are those of whoever needs something', async () => {
    await using window = await open(three);
    await window.page.getByRole('region', { name: 'Agenda' }).waitFor();
    await window.show({ kind: 'credentials' });
    await window.page.getByRole('heading', { name: 'Credentials of grace@example.com' }).waitFor();
    await window.show({ kind: 'settings' });
    await window.page.getByRole('heading', { name: 'Settings' }).waitFor();
  });

  test('one that nobody knows changes nothing, nor does an account that has gone', async () => {
    await using window = await open(three);
    await window.page.getByRole('region', { name: 'Agenda' }).waitFor();
    for (const place of [{ kind: 'cellar' }, null, 'settings', { kind: 'account', accountId: 'gone' }]) {
      await window.show(place);
    }
    await window.page.getByRole('region', { name: 'Agenda' }).waitFor();
    expect(await window.page.getByRole('heading', { name: 'Settings' }).count()).toBe(0);
  });

  test('is kept until the window knows its accounts', async () => {
    const gate = Promise.withResolvers<void>();
    await using window = await open(three, (name) =>
      name === 'getState' ? gate.promise.then(() => ({ ok: true, value: three })) : undefined,
    );
    await window.show({ kind: 'settings' });
    gate.resolve();
    await window.page.getByRole('heading', { name: 'Settings' }).waitFor();
  });

  test('is forgotten where nobody is signed in', async () => {
    await using window = await open({ ...calm, accounts: [] });
    const { page } = window;
    await page.getByRole('button', { name: 'Sign in with Google' }).waitFor();
    await window.show({ kind: 'settings' });
    await window.say(calm);
    await page.getByRole('region', { name: 'Agenda' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Settings' }).count()).toBe(0);
  });
});

test('an update that is ready is installed by a button, one that is announced has none', async () => {
  await using window = await open({ ...calm, update: { kind: 'announced', version: '1.2.3' } });
  const update = window.page.getByRole('region', { name: 'Update' });
  await update
    .getByText('Mooring 1.2.3 is out. Get its package where you got this one; your package manager installs it.')
    .waitFor();
  expect(await update.getByRole('button').count()).toBe(0);
  await window.say({ ...calm, update: { kind: 'ready', version: '1.2.3' } });
  await update.getByRole('button', { name: 'Restart' }).click();
  await expect.poll(() => window.asked).toEqual([{ name: 'installUpdate', params: null }]);
});

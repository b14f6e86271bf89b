import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../src/contract/state.ts';
import { panelTone, trayPicture } from '../../src/main/background/tray-picture.ts';
import { type TrayEntry, type TrayState, trayView } from '../../src/main/background/tray-view.ts';
import { account, diskFull, now, stateOf } from './views.ts';

const time = (instant: number) => new Date(instant).toISOString().slice(11, 16);
const view = (...args: Parameters<typeof stateOf>) => trayView(stateOf(...args), now, time);
const paused = { settings: { ...defaultSettings, pausedUntil: now + 3_600_000 } };

/** What can be read in the menu, one line an entry; commands by their ids. */
const lines = (entries: readonly TrayEntry[]): string[] =>
  entries.flatMap((entry) => {
    if (entry.kind === 'separator') return [];
    if (entry.kind === 'submenu') return lines(entry.entries);
    return [entry.kind === 'line' ? entry.label : `[${entry.id}]`];
  });

describe('the picture', () => {
  const cases: [TrayState, string, ReturnType<typeof view>][] = [
    ['synced', 'one account, synced', view([account('ada')])],
    ['syncing', 'a sync runs', view([account('ada'), account('grace', { sync: { running: true } })])],
    ['syncing', 'the grant is being looked at', view([account('ada', { connection: 'refreshing' })])],
    ['syncing', 'the first sync is to come', view([account('ada', { sync: { lastSuccessAt: null } })])],
    ['offline', 'one of two is offline', view([account('ada'), account('grace', { connection: 'offline' })])],
    ['offline', 'nobody is signed in', view([])],
    ['offline', 'the daemon is being restarted', view([account('ada')], { daemon: 'restarting' })],
    ['paused', 'paused', view([account('ada')], paused)],
    ['paused', 'paused and offline', view([account('ada', { connection: 'offline' })], paused)],
    [
      'attention',
      'a reconnect is needed, paused or not',
      view([account('ada', { connection: 'needs-reconnect' })], paused),
    ],
    ['attention', 'a permission is missing', view([account('ada', { standing: 'needs-permission' })])],
    ['attention', 'an API is switched off', view([account('ada', { standing: 'api-disabled' })])],
    ['synced', 'nothing is to be copied', view([account('ada', { standing: 'off', sync: { lastSuccessAt: null } })])],
    ['synced', 'a list of many stands still', view([account('ada', { standing: 'partial' })])],
    ['attention', 'the organisation blocks', view([account('ada', { connection: 'blocked-by-admin' })])],
    ['attention', 'the client is wrong', view([account('ada', { connection: 'app-misconfigured' })])],
    ['attention', 'no keychain', view([account('ada', { connection: 'keychain-unavailable' })])],
    ['attention', 'the disk is full', view([account('ada', { sync: { failure: diskFull } })])],
    [
      'attention',
      'a fault of our own',
      view([account('ada', { sync: { failure: { kind: 'internal', sentence: 'A fault.' } } })]),
    ],
    ['attention', 'no client', view([], { setup: { kind: 'client-missing', problem: null } })],
  ];
  test.each(cases)('%s: %s', (state, _, seen) => expect(seen.state).toBe(state));

  test('"synced" is only said when every account is', () => {
    for (const [state, , seen] of cases) expect(seen.toolTip === 'Mooring: Up to date').toBe(state === 'synced');
  });

  test('a pause that is over is none', () => {
    expect(view([account('ada')], { settings: { ...defaultSettings, pausedUntil: now } }).state).toBe('synced');
  });
});

describe('the menu', () => {
  test('says how it stands and offers all there is to do, in a place where no click on the picture is needed', () => {
    expect(lines(view([account('ada')]).menu)).toEqual([
      'Last synced 09:59',
      '[open]',
      '[sync]',
      '[pause-hour]',
      '[pause-tomorrow]',
      '[settings]',
      '[quit]',
    ]);
  });

  test('says why, in one sentence, and offers the reconnect', () => {
    const menu = view([account('ada', { connection: 'needs-reconnect' }), account('grace')]).menu;
    expect(lines(menu).slice(0, 5)).toEqual([
      'ada@example.org: Reconnect needed',
      'The first sentence.',
      'grace@example.org: Last synced 09:59',
      '[reconnect-ada]',
      '[open]',
    ]);
    expect(menu).toContainEqual(
      expect.objectContaining({ command: { do: 'reconnect', accountId: 'ada' }, label: 'Reconnect ada@example.org' }),
    );
  });

  test('in a pause it says until when, and offers its end', () => {
    const { menu, toolTip } = view([account('ada')], paused);
    expect(lines(menu)).toEqual([
      'Paused until 11:00',
      'Last synced 09:59',
      '[open]',
      '[sync]',
      '[unpause]',
      '[settings]',
      '[quit]',
    ]);
    expect(toolTip).toBe('Mooring: Paused until 11:00');
  });

  test('without an account there is nothing to sync or to pause', () => {
    expect(lines(view([]).menu)).toEqual(['Nobody is signed in', '[open]', '[settings]', '[quit]']);
    expect(lines(view([], { setup: { kind: 'client-missing', problem: null } }).menu)[0]).toBe('Not set up yet');
  });

  test('a failed sync is not called synced', () => {
    const menu = view([account('ada', { sync: { failure: diskFull } })]).menu;
    expect(lines(menu).slice(0, 2)).toEqual(['The last sync failed', 'The disk is full.']);
  });
});

describe('the picture file', () => {
  test('there is one for every state and panel', () => {
    const there = readdirSync(join(import.meta.dirname, '../../resources/tray'));
    for (const state of ['synced', 'syncing', 'paused', 'offline', 'attention'] as const)
      for (const tone of ['template', 'on-light', 'on-dark'] as const)
        expect(there).toContain(trayPicture(state, tone));
  });

  test('a template on macOS; else by the panel, which some desktops keep dark whatever their theme', () => {
    const tone = (platform: string, desktop: string, dark: boolean) => panelTone({ platform, desktop, dark });
    expect(tone('darwin', '', true)).toBe('template');
    expect(tone('win32', '', false)).toBe('on-light');
    expect(tone('win32', '', true)).toBe('on-dark');
    expect(tone('linux', 'KDE', false)).toBe('on-light');
    expect(tone('linux', 'KDE', true)).toBe('on-dark');
    expect(tone('linux', 'ubuntu:GNOME', false)).toBe('on-dark');
    expect(tone('linux', '', false)).toBe('on-light');
  });
});

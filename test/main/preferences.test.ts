import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCore } from './core.ts';

const conditionsAsked = (core: Awaited<ReturnType<typeof startCore>>) =>
  core.daemon.asked.filter(({ name }) => name === 'setConditions').map(({ params }) => params);

test('a settings file of the first version keeps what it says, and the rest has its default', async () => {
  await using core = await startCore();
  writeFileSync(join(core.home, 'settings.json'), '{ "retentionDays": 7 }');
  await core.restart();
  expect(core.state().settings).toEqual({
    retentionDays: 7,
    onClose: 'ask',
    notifications: true,
    pausedUntil: null,
  });
  await core.mooring.requests.changeSettings({ onClose: 'hide' });
  expect(JSON.parse(readFileSync(join(core.home, 'settings.json'), 'utf8'))).toMatchObject({
    retentionDays: 7,
    onClose: 'hide',
  });
  expect(readdirSync(core.home)).not.toContain('settings.json.damaged');
});

test('changing one setting leaves the others, null included', async () => {
  await using core = await startCore();
  await core.mooring.requests.changeSettings({ retentionDays: null });
  await core.mooring.requests.changeSettings({ notifications: false });
  await core.mooring.requests.changeSettings({});
  expect(core.state().settings).toMatchObject({ retentionDays: null, notifications: false, onClose: 'ask' });
});

test('a pause is told to the daemon at once and at its next start, outlives a restart, and ends by itself', async () => {
  await using core = await startCore();
  await core.mooring.requests.pause({ length: 'hour' });
  const pausedUntil = core.clock.now() + 3_600_000;
  expect(core.state().settings.pausedUntil).toBe(pausedUntil);
  expect(conditionsAsked(core).at(-1)).toMatchObject({ pausedUntil });

  core.clock.advance(1_800_000);
  core.daemon.asked.length = 0;
  await core.restart();
  expect(conditionsAsked(core).at(-1)).toMatchObject({ pausedUntil });
  core.clock.advance(1_799_999);
  expect(core.state().settings.pausedUntil).toBe(pausedUntil);
  const before = core.states.length;
  core.clock.advance(1);
  // Said by itself: nobody has to ask for the window or the tray to be right.
  expect(core.states.length).toBeGreaterThan(before);
  expect(core.states.at(-1)!.settings.pausedUntil).toBeNull();
  expect(core.desktop.trays.at(-1)!.state).not.toBe('paused');
});

test('a pause that nothing interrupts ends by itself as well', async () => {
  await using core = await startCore();
  await core.mooring.requests.pause({ length: 'hour' });
  core.clock.advance(3_600_000);
  expect(core.states.at(-1)!.settings.pausedUntil).toBeNull();
});

test('who signs in is synced at once, paused or not', async () => {
  await using core = await startCore();
  await core.mooring.requests.pause({ length: 'hour' });
  const { account } = await core.signIn({ email: 'ada.lovelace@gmail.com' });
  const asked = () => core.daemon.asked.filter(({ name }) => name === 'attach' || name === 'syncNow');
  const attach = { name: 'attach', params: { accountId: account!.id, services: ['calendar'] } };
  await expect.poll(asked).toEqual([attach, { name: 'syncNow', params: { accountId: account!.id } }]);
});

test('a pause that ended while the computer slept is over when it wakes up', async () => {
  await using core = await startCore();
  await core.mooring.requests.pause({ length: 'hour' });
  expect(core.desktop.trays.at(-1)!.state).toBe('paused');
  core.mooring.happened('suspended');
  core.clock.sleep(4_000_000);
  core.mooring.happened('resumed');
  expect(core.desktop.trays.at(-1)!.state).not.toBe('paused');
});

test.each([2 * 3_600_000, 400 * 86_400_000])(
  'a pause ends after its hour, also where the clock is set back by %i ms',
  async (back) => {
    await using core = await startCore();
    await core.mooring.requests.pause({ length: 'hour' });
    core.clock.advance(600_000);
    core.clock.set(core.clock.now() - back);
    core.clock.advance(3_000_000);
    expect(core.states.at(-1)!.settings.pausedUntil).toBeNull();
    expect(conditionsAsked(core).at(-1)).toMatchObject({ pausedUntil: null });
    // What was written down before is no pause of years at the next start.
    await core.mooring.requests.pause({ length: 'hour' });
    await core.restart();
    core.clock.advance(3_600_000);
    expect(core.state().settings.pausedUntil).toBeNull();
  },
);

test('a pause that ends years from now was begun by another clock, and is none', async () => {
  await using core = await startCore();
  await core.mooring.requests.pause({ length: 'hour' });
  core.clock.set(core.clock.now() - 400 * 86_400_000);
  await core.restart();
  expect(core.state().settings.pausedUntil).toBeNull();
});

test('unpausing ends it', async () => {
  await using core = await startCore();
  await core.mooring.requests.pause({ length: 'tomorrow' });
  await core.mooring.requests.unpause(null);
  expect(core.state().settings.pausedUntil).toBeNull();
  expect(conditionsAsked(core).at(-1)).toMatchObject({ pausedUntil: null });
});

test('what happens around the app reaches the daemon as conditions, each change once', async () => {
  await using core = await startCore();
  core.daemon.asked.length = 0;
  core.mooring.happened('window-shown');
  core.mooring.happened('window-shown');
  core.mooring.happened('on-battery');
  core.mooring.happened('locked');
  core.mooring.happened('suspended');
  expect(conditionsAsked(core)).toEqual([
    { watched: true, onBattery: false, asleep: false, pausedUntil: null },
    { watched: true, onBattery: true, asleep: false, pausedUntil: null },
    { watched: false, onBattery: true, asleep: false, pausedUntil: null },
    { watched: false, onBattery: true, asleep: true, pausedUntil: null },
  ]);
  expect(core.state().onBattery).toBe(true);
});

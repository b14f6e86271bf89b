import { expect, test } from 'vitest';
import { thisMoment, timeSince, writtenMoment } from '../../src/contract/moment.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Core, startCore } from './core.ts';
import { day, hour, passTime } from './pass-time.ts';

const ada = { email: 'ada.lovelace@gmail.com' };
const setBack = (core: Core, by: number) => core.clock.set(core.clock.now() - by);
const erasures = (core: Core) => core.daemon.asked.filter(({ name }) => name === 'detach');
const warning = (core: Core) => core.state().accounts[0]!.warning?.code ?? null;

async function audits(core: Core): Promise<number> {
  return (await core.mooring.requests.getCredentials({ accountId: core.state().accounts[0]!.account.id })).audits
    .length;
}

/** Signs in, and has Google forget the grant; `forgotten` is noticed. */
async function withDeadGrant(core: Core): Promise<void> {
  const { account } = await core.signIn(ada);
  core.google.control.revokeGrant(account!.id);
  await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: 1 });
}

test('time since a moment goes on however the clock is set, and counts the time that was slept', () => {
  const clock = fakeClock(1_000 * day);
  const moment = thisMoment(clock);
  clock.advance(hour);
  clock.set(clock.now() - 400 * day);
  clock.advance(hour);
  expect(timeSince(moment, clock)).toBe(2 * hour);
  clock.set(1_000 * day + 5 * hour);
  expect(timeSince(moment, clock)).toBe(5 * hour);
  expect(timeSince(writtenMoment(clock, clock.now() + 400 * day), clock)).toBe(0);
  expect(timeSince(writtenMoment(clock, clock.now() - day), clock)).toBe(day);
});

test.each([2 * hour, 400 * day])(
  'an audit comes a day after the last, though the clock is set back by %i ms',
  async (back) => {
    await using core = await startCore();
    await core.signIn(ada);
    await passTime(core, day);
    expect(await audits(core)).toBe(1);
    setBack(core, back);
    await passTime(core, day - hour, hour);
    expect(await audits(core)).toBe(1);
    await passTime(core, 2 * hour, hour);
    expect(await audits(core)).toBe(2);
  },
);

test('what was looked at in the future, before a restart, is looked at once a day', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  await passTime(core, day);
  setBack(core, 400 * day);
  await core.restart();
  const before = await audits(core);
  await passTime(core, day + hour, hour);
  expect((await audits(core)) - before).toBe(1);
});

test.each([2 * hour, 400 * day])(
  'the end of access is announced in time, though the clock is set back by %i ms',
  async (back) => {
    await using core = await startCore();
    const [person] = core.google.control.people();
    core.google.control.setTimeLimit(person!.sub, (10 * day) / 1000);
    await core.signIn(ada);
    await passTime(core, 7 * day);
    setBack(core, back);
    expect(warning(core)).toBeNull();
    await passTime(core, day + hour);
    expect(warning(core)).toBe('access-ends-soon');
    await core.mooring.requests.testCredentials({ accountId: core.state().accounts[0]!.account.id });
    const { audits } = await core.mooring.requests.getCredentials({ accountId: core.state().accounts[0]!.account.id });
    expect(audits[0]!.checks).toContainEqual(expect.objectContaining({ name: 'expiry', verdict: 'attention' }));
  },
);

test('a grant that died in the future is dead from now on, and its copy is announced and erased', async () => {
  await using core = await startCore();
  await withDeadGrant(core);
  setBack(core, 400 * day);
  await passTime(core, 22 * day);
  expect(warning(core)).toBeNull();
  await passTime(core, 2 * day);
  expect(warning(core)).toBe('copy-will-be-erased');
  expect(erasures(core)).toEqual([]);
  await passTime(core, 8 * day);
  expect(erasures(core)).toHaveLength(1);
});

test('S42 what was announced in the future is announced again', async () => {
  await using core = await startCore();
  await withDeadGrant(core);
  core.clock.set(core.clock.now() + 400 * day);
  await passTime(core, hour, hour);
  expect(warning(core)).toBe('copy-will-be-erased');
  setBack(core, 400 * day);
  await passTime(core, 22 * day);
  expect(warning(core)).toBeNull();
  expect(erasures(core)).toEqual([]);
});

test('S42 a clock that is set forward again and again erases nothing before two days have passed', async () => {
  await using core = await startCore();
  await withDeadGrant(core);
  for (let times = 0; times < 20; times += 1) {
    core.clock.set(core.clock.now() + 400 * day);
    core.clock.advance(2 * hour);
    await expect.poll(() => core.clock.waiting(), { interval: 2 }).toContain(hour);
    expect(erasures(core)).toEqual([]);
  }
  await passTime(core, day, hour);
  expect(erasures(core)).toHaveLength(1);
});

test.each([2 * hour, 400 * day])(
  'an access token ends when it ends, though the clock is set back by %i ms',
  async (back) => {
    await using core = await startCore();
    const { account } = await core.signIn(ada);
    const ask = () => core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: null });
    const first = await ask();
    setBack(core, back);
    core.clock.advance(hour);
    expect((await ask())?.serial).not.toBe(first?.serial);
  },
);

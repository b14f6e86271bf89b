import { expect, test } from 'vitest';
import type { SyncStatus } from '../../src/contract/sync.ts';
import { readConfiguration } from '../../src/daemon/configuration.ts';
import { createStatusBoard } from '../../src/daemon/sync/status.ts';
import { fakeClock } from '../fake-clock.ts';
import { morning } from './support/morning.ts';

test('a busy status is said five times a second at most, and its last word always', () => {
  const clock = fakeClock(morning);
  const said: SyncStatus[] = [];
  const board = createStatusBoard(clock, (status) => said.push(status));
  board.update({ running: true });
  for (let revision = 1; revision <= 100; revision++) {
    board.update({ revision });
    clock.advance(10);
  }
  expect(said.length).toBeLessThanOrEqual(7);
  board.update({ revision: 101 });
  clock.advance(1_000);
  expect(said.at(-1)?.revision).toBe(101);
  const before = said.length;
  clock.advance(10_000);
  expect(said).toHaveLength(before);
});

test('beginnings and ends are said at once', () => {
  const said: boolean[] = [];
  const board = createStatusBoard(fakeClock(morning), ({ running }) => said.push(running));
  board.update({ running: true });
  board.update({ running: false });
  board.update({ running: true });
  expect(said).toEqual([true, false, true]);
});

test('the configuration is what main put into the environment', () => {
  const env = { MOORING_DATABASE: '/data/mirror.sqlite', MOORING_GOOGLE_API_ROOT: 'https://www.googleapis.com' };
  expect(readConfiguration(env)).toEqual({
    databasePath: '/data/mirror.sqlite',
    apiRoot: 'https://www.googleapis.com',
    intervals: null,
  });
  expect(readConfiguration({ ...env, MOORING_SYNC_SECONDS: '2' }).intervals).toEqual({
    watched: 2_000,
    background: 2_000,
    battery: 2_000,
  });
  expect(readConfiguration({ MOORING_DATABASE: '/data/mirror.sqlite' }).apiRoot).toBeNull();
  expect(() => readConfiguration({ ...env, MOORING_GOOGLE_API_ROOT: 'file:///etc' })).toThrow();
  expect(() => readConfiguration({})).toThrow();
});

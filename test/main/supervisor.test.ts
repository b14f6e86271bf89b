import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ForkedProcess } from '../../src/main/forked-process.ts';
import { restartPause, superviseDaemon } from '../../src/main/supervisor.ts';
import { fakeClock } from '../fake-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'mooring-supervisor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A real child process that speaks the protocol in its plainest form. */
const program = join(folder, 'daemon.mjs');
writeFileSync(
  program,
  `process.on('message', (message) => {
    if (message.type === 'request') {
      process.send({ type: 'answer', id: message.id, value: null });
      if (message.name === 'stop') process.disconnect();
      if (message.name === 'resumed') process.exit(7);
    }
  });`,
);

function start(ignoresStop = false) {
  const clock = fakeClock(0);
  const forks: ReturnType<typeof fork>[] = [];
  const health: string[] = [];
  const started: unknown[] = [];
  const supervisor = superviseDaemon({
    fork: (): ForkedProcess => {
      const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      forks.push(child);
      return {
        port: {
          send: (message) => {
            if (child.connected && !(ignoresStop && (message as { name?: string }).name === 'stop')) {
              child.send(message as object);
            }
          },
          receive: (listener) => child.on('message', listener),
        },
        onExit: (listener) => child.once('exit', listener),
        kill: () => child.kill('SIGKILL'),
      };
    },
    clock,
    handlers: { accessToken: async () => null, waysOut: async () => [] },
    onStarted: (request) => started.push(request),
    onStatus: () => {},
    onExporting: () => {},
    onHealth: (each) => health.push(each),
    log: () => {},
  });
  return { supervisor, clock, forks, health, started };
}

test('a daemon that ends is started again after a pause, and told anew', async () => {
  const { supervisor, clock, forks, health, started } = start();
  await supervisor.request('syncNow', { accountId: 'a' });
  supervisor.request('resumed', null).catch(() => {});
  await once(forks[0]!, 'exit');
  expect(health).toEqual(['starting', 'restarting']);
  await expect(supervisor.request('syncNow', { accountId: 'a' })).rejects.toThrow(/being restarted/);
  clock.advance(499);
  expect(forks).toHaveLength(1);
  clock.advance(1);
  expect(forks).toHaveLength(2);
  expect(started).toHaveLength(2);
  await supervisor.request('syncNow', { accountId: 'a' });
  await supervisor.stop();
});

test('a request that the daemon takes to its grave is refused', async () => {
  const { supervisor, forks } = start();
  await supervisor.request('syncNow', { accountId: 'a' });
  forks[0]!.kill('SIGKILL');
  await once(forks[0]!, 'exit');
  await expect(supervisor.request('syncNow', { accountId: 'a' })).rejects.toThrow(/restarted/);
  await supervisor.stop();
});

test('stopping ends the daemon for good', async () => {
  const { supervisor, clock, forks } = start();
  await supervisor.request('syncNow', { accountId: 'a' });
  await supervisor.stop();
  expect(forks[0]!.exitCode ?? forks[0]!.signalCode).not.toBeNull();
  clock.advance(120_000);
  expect(forks).toHaveLength(1);
});

test('a daemon that does not stop is ended after two seconds', async () => {
  const { supervisor, clock, forks } = start(true);
  await supervisor.request('syncNow', { accountId: 'a' });
  const stopped = supervisor.stop();
  clock.advance(2_000);
  await stopped;
  expect(forks[0]!.signalCode).toBe('SIGKILL');
});

test('the pause doubles to a minute', () => {
  expect([1, 2, 3, 8, 20].map(restartPause)).toEqual([500, 1_000, 2_000, 60_000, 60_000]);
});

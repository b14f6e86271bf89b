import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { daemonEvents, daemonRequests, type mainEvents, mainRequests } from '../../src/contract/daemon.ts';
import { createPeer } from '../../src/contract/rpc.ts';
import { temporaryFolder } from './support/folder.ts';
import { mirrored, truth } from './support/truth.ts';
import { holdNth, newWorld, type World } from './support/world.ts';

/** Milliseconds: many processes are started, one after the other, and nothing here is about speed. */
const patience = 180_000;

/** A daemon in its own process, already attached. */
function spawnDaemon(world: World, path: string) {
  const child = fork(join(import.meta.dirname, 'support/child.ts'), [path, world.google.apiRoot], {
    execArgv: [],
    serialization: 'advanced',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const peer = createPeer<typeof mainRequests, typeof daemonRequests, typeof daemonEvents, typeof mainEvents>({
    port: {
      send: (message) => void (child.connected && child.send(message as object)),
      receive: (listener) => void child.on('message', listener),
    },
    serves: mainRequests,
    handlers: { accessToken: ({ rejected }) => world.keys.accessToken(rejected), waysOut: async () => [] },
    asks: daemonRequests,
    hears: daemonEvents,
    onEvent: { status: () => {}, exporting: () => {} },
    onInvalid: () => {},
  });
  // Whoever is killed does not answer.
  peer.request('attach', { accountId: world.sub, services: ['calendar'] }).catch(() => {});
  return { child, peer };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** The file as a crash left it: sound, and with a cursor that fits its rows. */
function inspect(path: string) {
  const db = new Database(path, { readonly: true });
  const check = db.pragma('integrity_check', { simple: true });
  const rows = Number(db.prepare('SELECT count(*) FROM events').pluck().get());
  const kept = db.prepare("SELECT cursor FROM cursors WHERE list LIKE 'events:%'").pluck().get();
  const cursor = kept === undefined ? undefined : (JSON.parse(String(kept)) as { kind: string; page?: string | null });
  db.close();
  return { check, rows, cursor };
}

/** Changes with every write to the log of the database. */
function lastWrite(path: string): string {
  const { mtimeNs, size } = statSync(`${path}-wal`, { bigint: true });
  return `${mtimeNs} ${size}`;
}

test(
  'killed while waiting for any page, the next start asks for that page and loses nothing',
  async () => {
    const world = await newWorld({ events: 7_600, calendars: 1 });
    const path = join(temporaryFolder(), 'mirror.sqlite');
    const pages = 4;
    for (let page = 1; page <= pages; page++) {
      const { child } = spawnDaemon(world, path);
      // Each start resumes where the last one was killed, so that its second request is for a page never asked for.
      const held = await holdNth(world.control, page === 1 ? 1 : 2);
      await kill(child);
      held.release();
      const { check, rows } = inspect(path);
      expect({ check, rows }).toEqual({ check: 'ok', rows: Math.min(2_500 * (page - 1), 7_600) });
    }
    const { child, peer } = spawnDaemon(world, path);
    await peer.request('syncNow', { accountId: world.sub });
    expect(mirrored(path, world.sub)).toEqual(truth(world.google, world.sub));
    // One page asked for again at each kill, and none more.
    expect(world.control.requests({ endpoint: 'events' })).toHaveLength(pages + pages);
    await kill(child);
  },
  patience,
);

test(
  'killed at any moment of a page, also while it is being written, the mirror converges',
  async () => {
    const world = await newWorld({ events: 7_600, calendars: 1 });
    const path = join(temporaryFolder(), 'mirror.sqlite');
    // Turns of this process's loop to let pass once the first byte of a page has reached the disk; -1: before that.
    for (const turns of [-1, 0, 1, 2, 5, 10, 20, 50]) {
      const { child } = spawnDaemon(world, path);
      const held = await holdNth(world.control, 1);
      const before = lastWrite(path);
      const asked = world.control.requests({ endpoint: 'events' }).length;
      held.release();
      const writing = () => lastWrite(path) !== before || world.control.requests({ endpoint: 'events' }).length > asked;
      while (turns >= 0 && !writing()) await new Promise(setImmediate);
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      await kill(child);
      const { check, rows, cursor } = inspect(path);
      expect(check).toBe('ok');
      // Rows come with the cursor behind them, or not at all.
      expect(rows > 0).toBe(cursor !== undefined);
      // Only whole pages, until there was nothing left to read.
      if (rows % 2_500 !== 0) {
        expect(cursor).toMatchObject({ kind: 'current' });
        break;
      }
    }
    const { child, peer } = spawnDaemon(world, path);
    await peer.request('syncNow', { accountId: world.sub });
    expect(mirrored(path, world.sub)).toEqual(truth(world.google, world.sub));
    await kill(child);
  },
  patience,
);

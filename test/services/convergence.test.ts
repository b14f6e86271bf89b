import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { daemonEvents, daemonRequests, type mainEvents, mainRequests } from '../../src/contract/daemon.ts';
import { createPeer } from '../../src/contract/rpc.ts';
import { firstService } from '../../src/contract/services.ts';
import { idleSync, type SyncStatus } from '../../src/contract/sync.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { services } from '../../src/daemon/services.ts';
import { temporaryFolder } from '../daemon/support/folder.ts';
import { keyring } from '../daemon/support/main.ts';
import { morning } from '../daemon/support/morning.ts';
import { portPair } from '../daemon/support/ports.ts';
import { fakeClock } from '../fake-clock.ts';
import type { Fixture } from '../google/core/part.ts';
import { between, chance, pick, seeded } from '../google/core/random.ts';
import { startGoogle } from '../google/index.ts';
import { services as parts } from '../google/services.ts';
import { compareIndex, isWhole } from './index-truth.ts';
import { subject as calendar } from './subjects/calendar.ts';
import { subject as contacts } from './subjects/contacts.ts';
import { subject as tasks } from './subjects/tasks.ts';

// Whatever is done at Google, in whatever order, with syncs in between that fail, are cut off or meet a Google that is half
// broken: once it is quiet, everything that is kept here is what Google has. MOORING_SEED=<number> plays one seed again.

const operations = 1_000;
const hour = 3_600_000;
const subjects = [calendar, contacts, tasks];
const seeds = process.env['MOORING_SEED'] ? [Number(process.env['MOORING_SEED'])] : [20_261_127];

test.each(seeds)(
  'after 1,000 random operations mirror, index, counts and exports are Google’s (seed %i)',
  { timeout: 300_000 },
  async (seed) => {
    const random = seeded(seed, 'convergence');
    const google = await startGoogle({ events: 1, now: () => morning });
    onTestFinished(() => google.close());
    const { control } = google;
    const sub = control.people()[0]!.sub;
    const scopes = Object.values(parts).flatMap((part) => Object.keys(part.scopes));
    const keys = await keyring(google, sub, scopes);
    const fixtures = Object.values(parts).map(({ fixture }) => fixture as Fixture);
    for (const fixture of fixtures) fixture.fill(control as never, sub, 60);
    const clock = fakeClock(morning);
    const path = join(temporaryFolder(), 'mirror.sqlite');

    /** A daemon of all services, as main would start it. */
    async function open() {
      const [ours, theirs] = portPair();
      const statuses = new Map<string, SyncStatus>();
      const running = startDaemon({
        authorities: () => [],
        port: theirs,
        databasePath: path,
        services,
        firstService,
        apiRoot: google.apiRoot,
        clock,
        random: () => 0.5,
        intervals: null,
        log: () => {},
      });
      onTestFinished(() => running.stop());
      const peer = createPeer<typeof mainRequests, typeof daemonRequests, typeof daemonEvents, typeof mainEvents>({
        port: ours,
        serves: mainRequests,
        handlers: { accessToken: ({ rejected }) => keys.accessToken(rejected), waysOut: async () => [] },
        asks: daemonRequests,
        hears: daemonEvents,
        onEvent: { status: ({ service, status }) => void statuses.set(service, status), exporting: () => {} },
        onInvalid: (message) => {
          throw new Error(message);
        },
      });
      await peer.request('attach', { accountId: sub, services: Object.keys(services) });
      return {
        write: (folder: string) => {
          const parts = [{ accountId: sub, label: 'Ada', services: Object.keys(services) }];
          return peer.request('export', { folder, parts });
        },
        sync: () => peer.request('syncNow', { accountId: sub }),
        status: (service: string) => statuses.get(service) ?? idleSync,
        async stop() {
          await running.stop();
          peer.close('The daemon has stopped.');
        },
      };
    }
    let daemon = await open();
    const titles = new Map<Fixture, string[]>(fixtures.map((fixture) => [fixture, []]));
    let made = 0;

    const act = (): void => {
      const fixture = pick(random, fixtures);
      const known = titles.get(fixture) ?? [];
      const roll = random();
      if (roll < 0.5 || known.length === 0) {
        made += 1;
        const title = `Thing ${made}`;
        fixture.add(control as never, sub, title);
        known.push(title);
      } else if (roll < 0.75) {
        made += 1;
        const at = between(random, 0, known.length - 1);
        fixture.rename(control as never, sub, known[at] ?? '', `Thing ${made}`);
        known[at] = `Thing ${made}`;
      } else if (roll < 0.97) {
        const [title = ''] = known.splice(between(random, 0, known.length - 1), 1);
        fixture.remove(control as never, sub, title);
      } else {
        fixture.forgetMarks(control as never, sub);
      }
    };

    const upset = (): void => {
      const roll = random();
      if (roll < 0.2) control.limitPages(between(random, 3, 20));
      else if (roll < 0.3) control.expirePageTokens();
      else if (roll < 0.4) control.upsetLists(pick(random, ['circle', 'no-mark']));
      else if (roll < 0.6) {
        const endpoint = pick(
          random,
          Object.values(parts).flatMap(({ endpoints }) => Object.keys(endpoints)),
        );
        const fault = pick(random, [
          { kind: 'status', status: 500 },
          { kind: 'status', status: 403, reason: 'rateLimitExceeded' },
          { kind: 'html' },
        ] as const);
        control.breakEndpoint(endpoint as never, fault, { times: between(random, 1, 5) });
      } else if (roll < 0.7) control.expireAccessTokens(sub);
    };
    const calm = (): void => {
      control.repair();
      control.upsetLists(null);
      control.limitPages(1_000_000);
    };

    for (let at = 0; at < operations; at += 1) {
      act();
      if (!chance(random, 0.06)) continue;
      upset();
      const syncing = daemon.sync();
      if (chance(random, 0.2)) {
        // Cut off somewhere in the middle, and begun anew.
        await daemon.stop();
        await syncing.catch(() => {});
        daemon = await open();
      } else {
        await syncing;
      }
      calm();
      control.moveClock(hour);
      clock.advance(hour);
    }

    // What Google is slow to tell, and what rests after a failure, is there after a while.
    for (let round = 0; round < 3; round += 1) {
      control.moveClock(25 * hour);
      clock.advance(25 * hour);
      await daemon.sync();
    }
    for (const { name } of subjects) expect(daemon.status(name), name).toMatchObject({ failure: null, stuck: [] });
    const db = new Database(path, { readonly: true });
    onTestFinished(() => void db.close());
    for (const subject of subjects) {
      expect(subject.mirrored(db, sub), subject.name).toEqual(subject.truth(control as never, sub));
      const counted = Object.entries(subject.service.counts).map(([kind, { table, where }]) => {
        const sql = `SELECT count(*) FROM ${table} WHERE account_id = ? AND ${where?.(table) ?? '1'}`;
        return [kind, db.prepare(sql).pluck().get(sub)];
      });
      expect(daemon.status(subject.name).counts, subject.name).toEqual(Object.fromEntries(counted));
    }
    await expect.poll(() => isWhole(path)).toBe(true);
    const { held, due } = compareIndex(
      path,
      Object.values(services).flatMap(({ searchable }) => searchable),
    );
    expect(held).toEqual(due);

    const folder = temporaryFolder();
    expect(await daemon.write(folder)).toMatchObject({ kind: 'done' });
    for (const subject of subjects) {
      const home = join(folder, 'Mooring export', 'Ada', subject.service.contract.name);
      const files = readdirSync(home).map((name) => [name, readFileSync(join(home, name), 'utf8')]);
      const exported = subject.exported(Object.fromEntries(files));
      expect(exported, subject.name).toEqual(subject.truth(control as never, sub));
    }
  },
);

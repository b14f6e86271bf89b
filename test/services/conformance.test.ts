import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../daemon/support/folder.ts';
import { morning } from '../daemon/support/morning.ts';
import { companion, type House, openHouse, type Running } from './house.ts';
import { compareIndex, isWhole } from './index-truth.ts';
import type { Rule, Subject } from './subject.ts';
import { subject as calendar } from './subjects/calendar.ts';
import { subject as contacts } from './subjects/contacts.ts';
import { subject as shelf } from './subjects/shelf.ts';
import { subject as tasks } from './subjects/tasks.ts';

// What every service of the app has to do, whatever it mirrors. A service that exists here alone goes through it as well,
// which shows that one can be added without a change of the app.

const subjects: readonly (readonly [module: string, subject: Subject])[] = [
  ['calendar', calendar],
  ['contacts', contacts],
  ['shelf', shelf],
  ['tasks', tasks],
];

const day = 86_400_000;
const patience = 120_000;

describe.each(subjects)('%s', (module, subject) => {
  /** A rule, in a house of its own; one that the subject is exempt from has to fail, or the exemption is needed no longer. */
  function rule(name: Rule, check: (house: House) => Promise<void>): void {
    const reason = subject.exempt[name];
    if (reason === undefined) {
      test(
        name,
        async () => {
          const house = await openHouse(subject);
          await check(house);
          // Of a file of a newer version nothing may be read.
          if (name !== 'a newer schema') await indexIsRight(house);
        },
        patience,
      );
      return;
    }
    test(
      `${name}: exempt, because ${reason}`,
      async () => {
        await expect(openHouse(subject).then(check), 'this exemption is needed no longer').rejects.toThrow();
      },
      patience,
    );
  }

  /** After whatever has happened, what can be found is what is held. */
  async function indexIsRight({ paths, searchable }: House): Promise<void> {
    for (const path of paths) {
      await expect.poll(() => isWhole(path)).toBe(true);
      const { held, due } = compareIndex(path, searchable);
      expect(held).toEqual(due);
    }
  }

  const equal = (house: House, { path }: Running, sub = house.ada) =>
    expect(house.mirrored(path, sub)).toEqual(house.truth(sub));

  rule('first reading', async (house) => {
    house.control.limitPages(7);
    const daemon = await house.synced();
    expect(daemon.status()).toMatchObject({ failure: null, stuck: [], running: false, lastSuccessAt: morning });
    equal(house, daemon);
  });

  rule('changes only', async (house) => {
    const daemon = await house.synced();
    await daemon.sync();
    const asked = house.requests();
    expect(asked.length).toBeGreaterThan(0);
    // By a mark each, and without a page more than it takes to hear that nothing has changed.
    for (const { endpoint, query } of asked) {
      if (!subject.readWhole.includes(endpoint)) expect(Object.keys(query)).toContain(subject.asksBy);
    }
    expect(new Set(asked.map(({ path }) => path)).size).toBe(asked.length);
  });

  rule('add, edit, remove', async (house) => {
    const daemon = await house.synced();
    const { fixture, control, ada } = house;
    fixture.add(control, ada, 'Xylophone');
    fixture.add(control, ada, 'Yardarm');
    await daemon.sync();
    equal(house, daemon);
    expect(await daemon.titles()).toEqual(expect.arrayContaining(['Xylophone', 'Yardarm']));
    fixture.rename(control, ada, 'Xylophone', 'Zither');
    fixture.remove(control, ada, 'Yardarm');
    await daemon.sync();
    equal(house, daemon);
    const titles = await daemon.titles();
    expect(titles).toContain('Zither');
    for (const gone of ['Xylophone', 'Yardarm']) expect(titles).not.toContain(gone);
  });

  rule('killed after a page', async (house) => {
    const { control, ada } = house;
    control.limitPages(7);
    const { endpoint, path: listPath } = house.list();
    const path = join(temporaryFolder(), 'mirror.sqlite');
    const url = new URL(`subjects/${module}.ts`, import.meta.url).href;
    for (const pages of [1, 2]) {
      const child = fork(join(import.meta.dirname, 'child.ts'), [url, path, house.google.apiRoot], {
        execArgv: [],
        serialization: 'advanced',
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const daemon = house.listen({
        send: (message) => void (child.connected && child.send(message as object)),
        receive: (listener) => void child.on('message', listener),
      });
      // Whoever is killed does not answer.
      daemon.attach(ada, [subject.name]).catch(() => {});
      for (let page = 0; page < pages; page += 1) {
        const held = control.hold(endpoint as never);
        await held.arrived;
        if (page < pages - 1) held.release();
      }
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    control.clearRequests();
    const daemon = house.start({ path });
    await daemon.attach();
    await daemon.sync();
    equal(house, daemon);
    const first = house.requests().find((each) => each.path.includes(listPath));
    expect(first).toBeDefined();
    expect(daemon.status().stuck).toEqual([]);
    // What was committed before is not asked for again.
    const begun = house.requests().filter(({ query }) => !('pageToken' in query) && !(subject.asksBy in query));
    expect(begun.length).toBeLessThan(new Set(house.requests().map((each) => each.path)).size);
  });

  rule('page token forgotten', async (house) => {
    const { control } = house;
    control.limitPages(7);
    const { endpoint } = house.list();
    const daemon = house.start();
    const second = control.hold(endpoint as never);
    await daemon.attach();
    await second.arrived;
    control.expirePageTokens();
    const third = control.hold(endpoint as never);
    second.release();
    await third.arrived;
    control.expirePageTokens();
    third.release();
    await daemon.sync();
    expect(daemon.status()).toMatchObject({ failure: null, stuck: [] });
    equal(house, daemon);
  });

  rule('mark forgotten', async (house) => {
    const { control, fixture, ada } = house;
    fixture.add(control, ada, 'Xylophone');
    fixture.add(control, ada, 'Yardarm');
    const daemon = await house.synced();
    control.limitPages(7);
    fixture.remove(control, ada, 'Yardarm');
    fixture.forgetMarks(control, ada);
    const held = control.hold(house.list().endpoint as never);
    const syncing = daemon.sync();
    await held.arrived;
    // What was there stays in sight while everything is read anew.
    expect(await daemon.titles()).toContain('Xylophone');
    held.release();
    await syncing;
    equal(house, daemon);
    expect(await daemon.titles()).not.toContain('Yardarm');
  });

  rule('changed during the first page', async (house) => {
    const { control, fixture, ada } = house;
    fixture.add(control, ada, 'Xylophone');
    control.limitPages(7);
    const daemon = house.start();
    const { endpoint } = house.list();
    const first = control.hold(endpoint as never);
    await daemon.attach();
    await first.arrived;
    const second = control.hold(endpoint as never);
    first.release();
    await second.arrived;
    fixture.add(control, ada, 'Yardarm');
    fixture.remove(control, ada, 'Xylophone');
    second.release();
    await daemon.sync();
    await daemon.sync();
    equal(house, daemon);
  });

  rule('a list that fails', async (house) => {
    const { control, fixture, ada } = house;
    const daemon = await house.synced();
    const { name, endpoint, path } = house.list();
    const faults = [
      ...[403, 404, 410, 500].map((status) => ({ kind: 'status', status, reason: 'odd' }) as const),
      { kind: 'html' } as const,
    ];
    for (const [index, fault] of faults.entries()) {
      control.breakEndpoint(endpoint as never, fault, { path });
      fixture.add(control, ada, `Xylophone ${index}`);
      await daemon.sync();
      expect(await daemon.titles()).toContain(`Xylophone ${index}`);
      expect(daemon.status()).toMatchObject({ failure: null, lastSuccessAt: daemon.clock.now() });
      // A list that is gone may be passed over in silence; every other one is named.
      if (fault.kind === 'html' || fault.status !== 404) {
        expect(daemon.status().stuck.map(({ list }) => list)).toEqual([name]);
      }
      control.repair();
      await daemon.sync();
      expect(daemon.status().stuck).toEqual([]);
    }
    equal(house, daemon);
  });

  rule('pages in a circle', async (house) => {
    const { control } = house;
    const daemon = await house.synced();
    house.fixture.forgetMarks(control, house.ada);
    control.upsetLists('circle');
    await daemon.sync();
    expect(house.requests().length).toBeLessThan(20);
    control.upsetLists(null);
    await daemon.sync();
    expect(daemon.status()).toMatchObject({ failure: null, stuck: [] });
    equal(house, daemon);
  });

  rule('no mark', async (house) => {
    const { control, fixture, ada } = house;
    control.upsetLists('no-mark');
    const daemon = await house.synced();
    expect(daemon.status()).toMatchObject({ failure: null, stuck: [] });
    equal(house, daemon);
    fixture.add(control, ada, 'Xylophone');
    daemon.clock.advance(3_600_000);
    await daemon.sync();
    await daemon.sync();
    expect(await daemon.titles()).toContain('Xylophone');
    equal(house, daemon);
  });

  rule('too much gone', async (house) => {
    const { control, fixture, ada } = house;
    fixture.fill(control, ada, 240);
    const daemon = await house.synced();
    fixture.forgetMarks(control, ada);
    // Half of everything is missing in one reading, and there again in the next.
    control.upsetLists('half');
    await daemon.sync();
    equal(house, daemon);
    expect(daemon.log.join()).toContain('sweep-doubted');
  });

  rule('odd fields', async (house) => {
    house.fixture.addOdd(house.control, house.ada);
    const daemon = await house.synced();
    expect(daemon.status()).toMatchObject({ failure: null, stuck: [] });
    equal(house, daemon);
    await daemon.titles();
  });

  rule('two accounts', async (house) => {
    const { control, fixture, ada, grace } = house;
    fixture.add(control, ada, 'Of Ada');
    fixture.add(control, grace, 'Of Grace');
    const daemon = await house.synced();
    await daemon.attach(grace);
    await daemon.sync(grace);
    equal(house, daemon);
    equal(house, daemon, grace);
    const both = await daemon.titles([ada, grace]);
    expect(both).toEqual(expect.arrayContaining(['Of Ada', 'Of Grace']));
    expect(await daemon.titles([grace])).not.toContain('Of Ada');
  });

  rule('erase', async (house) => {
    const { control, fixture, ada, grace } = house;
    fixture.add(control, ada, 'Xylophonquartett');
    const daemon = await house.synced();
    await daemon.attach(grace);
    await daemon.sync(grace);
    const others = house.mirrored(daemon.path, grace);
    const bytes = () =>
      Buffer.concat(readdirSync(dirname(daemon.path)).map((name) => readFileSync(join(dirname(daemon.path), name))));
    expect(bytes().includes('Xylophonquartett')).toBe(true);
    await daemon.peer.request('erase', { accountId: ada, service: subject.name });
    expect(bytes().includes('Xylophonquartett')).toBe(false);
    expect(house.mirrored(daemon.path, grace)).toEqual(others);
    daemon.clock.advance(1_000);
    await daemon.until(({ counts }) => Object.values(counts).every((amount) => amount === 0));
    expect(daemon.status(ada, companion).counts).toEqual({ things: 10 });
    // Kept again, it is read from its beginning.
    await daemon.attach();
    await daemon.sync();
    equal(house, daemon);
    await daemon.peer.request('detach', { accountId: ada, erase: true });
    expect(bytes().includes('Xylophonquartett')).toBe(false);
  });

  rule('a newer schema', async (house) => {
    const before = await house.synced();
    await before.daemon.stop();
    const db = new Database(before.path);
    db.prepare('UPDATE schema SET version = version + 1 WHERE owner = ?').run(subject.name);
    db.close();
    const bytes = readFileSync(before.path);
    const daemon = house.start({ path: before.path });
    await daemon.attach();
    await daemon.sync();
    expect(daemon.status().failure).toMatchObject({ kind: 'storage', code: 'newer' });
    await daemon.daemon.stop();
    expect(readFileSync(before.path).equals(bytes)).toBe(true);
  });

  rule('junk questions', async (house) => {
    const daemon = await house.synced();
    const junk = [null, undefined, 7, 'x', [], {}, { most: -1 }, { from: 'x', to: 'y', timeZone: '' }];
    for (const name of Object.keys(subject.service.contract.queries))
      for (const params of junk) await expect(daemon.ask(name, params)).rejects.toThrow();
    await expect(daemon.ask('nothing of that name', {})).rejects.toThrow();
    await expect(daemon.ask('__proto__', {})).rejects.toThrow();
    equal(house, daemon);
  });

  rule('counts', async (house) => {
    const { control, fixture, ada } = house;
    const daemon = await house.synced();
    const counted = () => {
      const db = new Database(daemon.path, { readonly: true });
      const kinds = Object.entries(subject.service.counts).map(([kind, { table, where }]) => {
        const condition = where?.(table) ?? '1';
        const sql = `SELECT count(*) FROM ${table} WHERE account_id = ? AND ${condition}`;
        return [kind, db.prepare(sql).pluck().get(ada)];
      });
      db.close();
      return Object.fromEntries(kinds);
    };
    const agree = () => expect(daemon.status().counts).toEqual(counted());
    agree();
    const first = daemon.status().revision;
    await daemon.sync();
    // Nothing has changed, so no view has to read again.
    expect(daemon.status().revision).toBe(first);
    fixture.add(control, ada, 'Xylophone');
    await daemon.sync();
    agree();
    expect(daemon.status().revision).toBeGreaterThan(first);
    fixture.rename(control, ada, 'Xylophone', 'Zither');
    await daemon.sync();
    agree();
    fixture.remove(control, ada, 'Zither');
    fixture.forgetMarks(control, ada);
    await daemon.sync();
    agree();
    expect(daemon.revisions).toEqual(daemon.revisions.toSorted((a, b) => a - b));
  });

  rule('progress', async (house) => {
    const { control } = house;
    control.limitPages(7);
    const { endpoint } = house.list();
    const daemon = house.start();
    let held = control.hold(endpoint as never);
    await daemon.attach();
    const syncing = daemon.sync().then(() => 'end');
    // The status is said five times a second, so a little time passes with each page.
    while ((await Promise.race([held.arrived.then(() => 'page'), syncing])) === 'page') {
      daemon.clock.advance(250);
      const next = control.hold(endpoint as never);
      held.release();
      held = next;
    }
    expect(daemon.progress.length).toBeGreaterThan(3);
    for (const [index, now] of daemon.progress.entries()) {
      const before = daemon.progress[index - 1] ?? now;
      expect(now.done).toBeGreaterThanOrEqual(before.done);
      expect(now.items).toBeGreaterThanOrEqual(before.items);
      if (now.total !== null) expect(now.done).toBeLessThanOrEqual(now.total);
    }
  });

  rule('rate limit', async (house) => {
    const { control } = house;
    const daemon = await house.synced();
    for (const endpoint of Object.keys(subject.part.endpoints)) {
      const fault = { kind: 'status', status: 429, reason: 'rateLimitExceeded', retryAfter: 600 } as const;
      control.breakEndpoint(endpoint as never, fault);
    }
    daemon.clock.advance(60_000);
    await daemon.sync();
    expect(daemon.status().failure).toMatchObject({ kind: 'observed', observation: { status: 429 } });
    expect(daemon.status(house.ada, companion)).toMatchObject({ failure: null, lastSuccessAt: daemon.clock.now() });
    control.clearRequests();
    await daemon.sync();
    // Google asked to be left alone: not even a person's wish goes below that.
    expect(house.requests()).toEqual([]);
  });

  rule('search', async (house) => {
    const { control, fixture, ada, grace } = house;
    fixture.add(control, ada, 'Xylophone concerto');
    fixture.add(control, grace, 'Xylophone of Grace');
    const daemon = await house.synced();
    await daemon.attach(grace);
    await daemon.sync(grace);
    const titles = async (text: string, more = {}) =>
      (await daemon.search(text, more)).groups.flatMap(({ service, hits }) =>
        service === subject.name ? hits.map(({ title }) => title.text) : [],
      );
    for (const text of [
      'xylophone',
      'XYLO',
      'xylo conc',
      '"xylophone concerto"',
      'ylopho',
      'xylofone',
      'concerto -grace',
    ]) {
      expect(await titles(text), text).toEqual(['Xylophone concerto']);
    }
    expect(await titles('xylophone', { accounts: [ada, grace] })).toHaveLength(2);
    expect(await titles('xylophone', { services: [companion] })).toEqual([]);
    fixture.rename(control, ada, 'Xylophone concerto', 'Zither sonata');
    await daemon.sync();
    expect(await titles('xylophone')).toEqual([]);
    expect(await titles('zither')).toEqual(['Zither sonata']);
    fixture.remove(control, ada, 'Zither sonata');
    await daemon.sync();
    expect(await titles('zither')).toEqual([]);
  });

  rule('a garbled index', async (house) => {
    const { control, fixture, ada } = house;
    fixture.add(control, ada, 'Xylophone');
    const before = await house.synced();
    await before.daemon.stop();
    const db = new Database(before.path);
    db.unsafeMode();
    db.exec("UPDATE words_data SET block = x'00ff00ff00ff' WHERE id > 1");
    db.close();
    const daemon = await house.synced({ path: before.path });
    await daemon.search('xylophone');
    fixture.add(control, ada, 'Yardarm');
    await daemon.sync();
    await expect.poll(async () => (await daemon.search('xylophone')).indexing).toBe(false);
    for (const text of ['xylophone', 'yardarm']) expect((await daemon.search(text)).groups, text).toHaveLength(1);
    expect(daemon.status()).toMatchObject({ failure: null, stuck: [] });
    equal(house, daemon);
  });

  rule('clock set back', async (house) => {
    const { control, fixture, ada } = house;
    const daemon = await house.synced();
    for (const shift of [-365, 2 * 365]) {
      daemon.clock.set(daemon.clock.now() + shift * day);
      fixture.add(control, ada, `Xylophone ${shift}`);
      // By itself, within one interval.
      const due = daemon.until(({ running, lastSuccessAt }) => !running && lastSuccessAt === daemon.clock.now());
      daemon.clock.advance(60_000);
      await due;
      expect(await daemon.titles()).toContain(`Xylophone ${shift}`);
    }
    equal(house, daemon);
  });

  rule('export', async (house) => {
    const { control, fixture, ada, grace } = house;
    fixture.addOdd(control, ada);
    const daemon = await house.synced();
    await daemon.attach(grace);
    await daemon.sync(grace);
    const folder = temporaryFolder();
    const services = [subject.name, companion];
    const parts = [ada, grace].map((accountId) => ({ accountId, label: accountId, services }));
    const done = await daemon.peer.request('export', { folder, parts });
    expect(done).toMatchObject({ kind: 'done', beside: [] });
    for (const sub of [ada, grace]) {
      const home = join(folder, 'Mooring export', sub, subject.service.contract.name);
      const files = readdirSync(home).map((name) => [name, readFileSync(join(home, name), 'utf8')]);
      expect(subject.exported(Object.fromEntries(files))).toEqual(house.truth(sub));
    }
    expect(daemon.exporting.at(-1)).toEqual({
      done: done.kind === 'done' && done.items,
      total: done.kind === 'done' && done.items,
    });
  });
});

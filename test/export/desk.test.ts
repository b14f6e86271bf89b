import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExportPart } from '../../src/contract/export.ts';
import { temporaryFolder } from '../daemon/support/folder.ts';
import { type House, openHouse } from '../services/house.ts';
import { subject } from '../services/subjects/tasks.ts';

// The daemon, asked as main asks it.

const partsOf = ({ ada }: House): ExportPart[] => [{ accountId: ada, label: 'ada@example.com', services: ['tasks'] }];
const all = (folder: string) => readdirSync(folder, { recursive: true });

describe('an export that was begun', () => {
  test('is cancelled when a person wants that, and leaves nothing behind', async () => {
    const house = await openHouse(subject);
    const { peer } = await house.synced();
    const folder = temporaryFolder();
    const exporting = peer.request('export', { folder, parts: partsOf(house) });
    await peer.request('cancelExport', null);
    expect(await exporting).toEqual({ kind: 'cancelled' });
    expect(all(folder)).toEqual(['Mooring export', join('Mooring export', 'ada@example.com')]);
    // Another can be begun.
    expect(await peer.request('export', { folder, parts: partsOf(house) })).toMatchObject({ kind: 'done' });
  });

  test('is the only one', async () => {
    const house = await openHouse(subject);
    const { peer } = await house.synced();
    const folder = temporaryFolder();
    const first = peer.request('export', { folder, parts: partsOf(house) });
    const second = await peer.request('export', { folder: temporaryFolder(), parts: partsOf(house) });
    expect(second).toMatchObject({ kind: 'failed', problem: { code: 'export-under-way' } });
    expect(await first).toMatchObject({ kind: 'done' });
  });

  test.each<[what: string, go: (daemon: Awaited<ReturnType<House['synced']>>, house: House) => Promise<unknown>]>([
    ['the account goes', ({ peer }, { ada }) => peer.request('detach', { accountId: ada, erase: true })],
    ['the service goes', ({ peer }, { ada }) => peer.request('erase', { accountId: ada, service: 'tasks' })],
    ['everything is copied anew', ({ peer }) => peer.request('rebuild', null)],
    ['the daemon ends', ({ peer }) => peer.request('stop', null)],
  ])('is broken off when %s', async (_what, go) => {
    const house = await openHouse(subject);
    house.fixture.add(house.control, house.ada, 'Xylophonquartett');
    const daemon = await house.synced();
    const folder = temporaryFolder();
    const exporting = daemon.peer.request('export', { folder, parts: partsOf(house) });
    await go(daemon, house);
    expect(await exporting).toMatchObject({ kind: 'failed', problem: { code: 'export-interrupted' } });
    expect(all(folder)).not.toContain(join('Mooring export', 'ada@example.com', 'Tasks'));
  });

  test('keeps nothing of an account that is erased in the file', async () => {
    const house = await openHouse(subject);
    house.fixture.add(house.control, house.ada, 'Xylophonquartett');
    const daemon = await house.synced();
    const home = dirname(daemon.path);
    const bytes = () => Buffer.concat(readdirSync(home).map((name) => readFileSync(join(home, name))));
    expect(bytes().includes('Xylophonquartett')).toBe(true);
    const exporting = daemon.peer.request('export', { folder: temporaryFolder(), parts: partsOf(house) });
    await daemon.peer.request('detach', { accountId: house.ada, erase: true });
    await exporting;
    expect(bytes().includes('Xylophonquartett')).toBe(false);
  });

  test('is of one moment, and syncs go on meanwhile', async () => {
    const house = await openHouse(subject);
    house.fixture.fill(house.control, house.ada, 400);
    const daemon = await house.synced();
    const before = house.truth();
    const folder = temporaryFolder();
    house.fixture.add(house.control, house.ada, 'Xylophonquartett');
    const exporting = daemon.peer.request('export', { folder, parts: partsOf(house) });
    await daemon.sync();
    expect(await exporting).toMatchObject({ kind: 'done' });
    const home = join(folder, 'Mooring export', 'ada@example.com', 'Tasks');
    const files = readdirSync(home).map((name) => [name, readFileSync(join(home, name), 'utf8')]);
    expect(subject.exported(Object.fromEntries(files))).toEqual(before);
    expect(await daemon.titles()).toContain('Xylophonquartett');
  });
});

describe('an export is refused, with a sentence,', () => {
  test.each<[what: string, parts: (house: House) => ExportPart[]]>([
    ['of an account that is not signed in', ({ grace }) => [{ accountId: grace, label: 'x', services: ['tasks'] }]],
    ['of a service that there is not', ({ ada }) => [{ accountId: ada, label: 'x', services: ['hats'] }]],
    ['of nothing', () => []],
  ])('%s', async (_what, parts) => {
    const house = await openHouse(subject);
    const { peer } = await house.synced();
    const folder = temporaryFolder();
    const outcome = await peer.request('export', { folder, parts: parts(house) });
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'export-account-gone' } });
    expect(all(folder)).toEqual([]);
  });

  test('where the copy is damaged', async () => {
    const house = await openHouse(subject);
    const { daemon, path } = await house.synced();
    await daemon.stop();
    writeFileSync(path, 'no database at all, and long enough to be looked at as one: '.repeat(100));
    const { peer, attach } = house.start({ path });
    await attach();
    const outcome = await peer.request('export', { folder: temporaryFolder(), parts: partsOf(house) });
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'export-mirror-unreadable' } });
  });
});

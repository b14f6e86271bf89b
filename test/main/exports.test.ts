import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ExportOutcome, ExportPart } from '../../src/contract/export.ts';
import { firstService } from '../../src/contract/services.ts';
import { defaultSettings } from '../../src/contract/state.ts';
import { openRecords } from '../../src/main/accounts/records.ts';
import { openExports } from '../../src/main/exports.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Core, startCore } from './core.ts';

const ada = { email: 'ada.lovelace@gmail.com' };
const folder = '/media/stick';
const hour = 3_600_000;
const done: ExportOutcome = { kind: 'done', items: 7, files: 2, beside: [] };
const failed: ExportOutcome = { kind: 'failed', problem: { code: 'export-disk-full', sentence: 'The disk is full.' } };

/** Somebody who has signed in, a person who chooses this folder, and a daemon that answers so. */
async function exporting(answer: unknown = done, chosen: string | null = folder): Promise<Core> {
  const core = await startCore({ deps: { pickFolder: async () => chosen } });
  await core.signIn(ada);
  core.daemon.answer = answer;
  core.daemon.asked.length = 0;
  return core;
}

const orders = (core: Core) => core.daemon.asked.filter(({ name }) => name === 'export').map(({ params }) => params);
const ended = (core: Core) => core.until(({ exports }) => exports.running === null && exports.last !== null);

test('the first export asks for a folder, keeps it, and tells how it ended, also after a restart', async () => {
  await using core = await exporting();
  const end = ended(core);
  await core.mooring.requests.exportNow(null);
  expect((await end).exports).toMatchObject({ folder, last: { at: core.clock.now(), outcome: done } });
  const parts = [{ accountId: core.state().account!.id, label: core.state().account!.email, services: [firstService] }];
  expect(orders(core)).toEqual([{ folder, parts }]);
  await core.restart();
  expect(core.state().exports).toMatchObject({ folder, every: 'never', last: { outcome: done }, nextAt: null });
});

test('without a folder nothing is exported', async () => {
  await using core = await exporting(done, null);
  await core.mooring.requests.exportNow(null);
  expect(orders(core)).toEqual([]);
  expect(core.state().exports).toMatchObject({ folder: null, last: null });
});

test('what is chosen is exported, and of nothing a sentence is said', async () => {
  await using core = await exporting();
  await core.mooring.requests.pickExportFolder(null);
  await core.mooring.requests.changeExports({ leftOut: [firstService] });
  await expect(core.mooring.requests.exportNow(null)).rejects.toThrow('Nothing was exported');
  await core.mooring.requests.changeExports({ leftOut: [], accountId: 'somebody else' });
  await expect(core.mooring.requests.exportNow(null)).rejects.toThrow('Nothing was exported');
  expect(orders(core)).toEqual([]);
  await core.mooring.requests.changeExports({ accountId: core.state().account!.id });
  const end = ended(core);
  await core.mooring.requests.exportNow(null);
  await end;
  expect(orders(core)).toHaveLength(1);
});

test('while it is written it tells how far it is, no second one begins, and it can be cancelled', async () => {
  const answer = Promise.withResolvers<ExportOutcome>();
  await using core = await exporting(answer.promise);
  await core.mooring.requests.pickExportFolder(null);
  await core.mooring.requests.cancelExport(null);
  await core.mooring.requests.exportNow(null);
  await core.mooring.requests.exportNow(null);
  core.mooring.exporting({ done: 3, total: 7 });
  expect(core.state().exports.running).toEqual({ done: 3, total: 7 });
  core.daemon.answer = null;
  await core.mooring.requests.cancelExport(null);
  expect(core.daemon.asked.map(({ name }) => name)).toEqual(['export', 'cancelExport']);
  const end = ended(core);
  answer.resolve({ kind: 'cancelled' });
  expect((await end).exports.last?.outcome).toEqual({ kind: 'cancelled' });
});

test('a daemon that ends meanwhile is an export that failed', async () => {
  await using core = await exporting();
  core.daemon.answers = false;
  const end = ended(core);
  await core.mooring.requests.exportNow(null);
  expect((await end).exports.last?.outcome).toMatchObject({ kind: 'failed', problem: { code: 'export-daemon-ended' } });
});

/** Exports alone, every day into a folder, with a daemon that answers so. */
function daily(t: { answer: ExportOutcome; parts?: () => ExportPart[] }) {
  const home = mkdtempSync(join(tmpdir(), 'mooring-exports-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const clock = fakeClock();
  const asked: string[] = [];
  const file = openRecords((name) => join(home, name), defaultSettings).exports;
  file.write({ folder, every: 'day', accountId: null, leftOut: [], last: null });
  const one: ExportPart[] = [{ accountId: 'ada', label: 'Ada', services: ['calendar'] }];
  const exports = openExports({
    file,
    clock,
    daemon: {
      ask: async (name) => {
        asked.push(name);
        return t.answer as never;
      },
    },
    held: t.parts ?? (() => one),
    pickFolder: async () => null,
    onChange: () => {},
    log: () => {},
  });
  onTestFinished(exports.stop);
  /** Lets time pass, and what it brought about end. */
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await expect.poll(() => exports.view().running, { interval: 1 }).toBeNull();
  };
  return { exports, clock, asked, pass };
}

test('every day one begins by itself, some minutes after a start, and an hour after one that failed', async () => {
  const t: Parameters<typeof daily>[0] = { answer: done };
  const { exports, clock, asked, pass } = daily(t);
  await pass(hour);
  expect(asked).toEqual([]);
  exports.daemonStarted();
  await pass(299_999);
  expect(asked).toEqual([]);
  await pass(1);
  expect(asked).toEqual(['export']);
  expect(exports.view().nextAt).toBe(clock.now() + 24 * hour);
  await pass(24 * hour - 1);
  expect(asked).toHaveLength(1);
  t.answer = failed;
  await pass(1);
  expect(asked).toHaveLength(2);
  t.answer = done;
  await pass(hour - 1);
  expect(asked).toHaveLength(2);
  await pass(1);
  expect(asked).toHaveLength(3);
  exports.change({ every: 'never' });
  await pass(48 * hour);
  expect(asked).toHaveLength(3);
});

test('after a sleep, or a clock that was set on, one that was missed begins', async () => {
  const { exports, clock, asked, pass } = daily({ answer: done });
  exports.daemonStarted();
  await pass(hour);
  expect(asked).toHaveLength(1);
  clock.set(clock.now() + 30 * hour);
  exports.resumed();
  await pass(0);
  expect(asked).toHaveLength(2);
  clock.set(clock.now() + 30 * hour);
  await pass(hour);
  expect(asked).toHaveLength(3);
});

test.each([2 * hour, 400 * 24 * hour])('a clock that is set back by %i ms puts off no export', async (back) => {
  const { exports, clock, asked, pass } = daily({ answer: done });
  exports.daemonStarted();
  await pass(hour);
  clock.set(clock.now() - back);
  await pass(23 * hour);
  expect(asked).toHaveLength(1);
  await pass(hour);
  expect(asked).toHaveLength(2);
  expect(exports.view().nextAt).toBeLessThanOrEqual(clock.now() + 24 * hour);
});

test('while there is no copy, none begins by itself, and none has failed', async () => {
  let parts: ExportPart[] = [];
  const { exports, asked, pass } = daily({ answer: done, parts: () => parts });
  exports.daemonStarted();
  await pass(24 * hour);
  expect(asked).toEqual([]);
  expect(exports.view().last).toBeNull();
  parts = [{ accountId: 'ada', label: 'Ada', services: ['calendar'] }];
  // It is looked at anew within the hour, and then begun.
  await pass(hour);
  await pass(hour);
  expect(asked).toEqual(['export']);
});

test('a file that makes no sense is taken as nothing chosen, and set aside', async () => {
  await using core = await exporting();
  await core.mooring.requests.pickExportFolder(null);
  writeFileSync(join(core.home, 'exports.json'), '{ "folder": 7, "every": "hourly", "last": { "at": "soon" } }');
  await core.restart();
  expect(core.state().exports).toMatchObject({ folder: null, every: 'never', last: null });
  writeFileSync(join(core.home, 'exports.json'), 'no JSON');
  await core.restart();
  expect(core.state().exports).toMatchObject({ folder: null, every: 'never', last: null });
  expect(existsSync(join(core.home, 'exports.json.damaged'))).toBe(true);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportsView } from '../../src/contract/export.ts';
import type { AppState } from '../../src/contract/state.ts';
import { outcomeWords, progressWords } from '../../src/renderer/settings/export-words.ts';
import { calm, type Main, startWindows } from './open-window.ts';
import { view } from './views.ts';

// The settings of exports as they are shipped, in Chromium; the test plays main on the other side of the bridge.

let windows: Awaited<ReturnType<typeof startWindows>>;
beforeAll(async () => {
  windows = await startWindows();
}, 60_000);
afterAll(() => windows.close());

const state = (exports: Partial<ExportsView>): AppState => ({
  ...calm,
  accounts: [view('ada'), view('grace')],
  exports: { ...calm.exports, ...exports },
});

async function open(first: AppState, main?: Main) {
  const window = await windows.open(first, main);
  await window.page.getByRole('button', { name: 'Settings' }).click();
  const section = window.page.getByRole('region', { name: 'Export' });
  return { ...window, section, [Symbol.asyncDispose]: () => window.page.context().close() };
}

test('a folder is chosen by main, and shown', async () => {
  await using window = await open(state({}));
  const { section } = window;
  await section.getByText('No folder is chosen yet').waitFor();
  await section.getByRole('button', { name: 'Choose folder…' }).click();
  await expect.poll(() => window.asked).toEqual([{ name: 'pickExportFolder', params: null }]);
  await window.say(state({ folder: '/media/stick' }));
  await section.getByText('/media/stick').waitFor();
  await section.getByRole('button', { name: 'Change folder…' }).waitFor();
});

test('an account, services and days are chosen, and shown as main says', async () => {
  await using window = await open(state({ leftOut: ['tasks'] }));
  const { section } = window;
  expect(await section.getByRole('checkbox', { name: 'Tasks' }).isChecked()).toBe(false);
  await section.getByRole('combobox', { name: 'Account to export' }).selectOption('grace@example.com');
  await section.getByText('Saved').waitFor();
  await section.getByRole('checkbox', { name: 'Calendar' }).press('Space');
  await expect.poll(() => window.asked).toHaveLength(2);
  await section.getByText('Saved').waitFor();
  await section.getByRole('radio', { name: 'Every week' }).click();
  await expect
    .poll(() => window.asked)
    .toEqual([
      { name: 'changeExports', params: { accountId: 'grace' } },
      { name: 'changeExports', params: { leftOut: ['tasks', 'calendar'] } },
      { name: 'changeExports', params: { every: 'week' } },
    ]);
  expect(await section.getByRole('radio', { name: 'Never' }).isChecked()).toBe(true);
  await window.say(state({ accountId: 'somebody', every: 'week', nextAt: Date.now() + 3_700_000 }));
  expect(await section.getByRole('combobox').inputValue()).toBe('somebody');
  await section.getByText('due in 1 hour').waitFor();
});

test('an export is begun, watched and cancelled by keyboard, and how it ended is said', async () => {
  await using window = await open(state({ folder: '/media/stick' }));
  const { section } = window;
  await section.getByText('Nothing has been exported yet').waitFor();
  await section.getByRole('button', { name: 'Export now' }).press('Enter');
  await window.say(state({ folder: '/media/stick', running: { done: 1_200, total: 5_000 } }));
  await section.getByText('1,200 of 5,000 things written').waitFor();
  expect(await section.getByRole('progressbar', { name: 'Export progress' }).getAttribute('value')).toBe('1200');
  await section.getByRole('button', { name: 'Cancel export' }).press('Enter');
  await expect.poll(() => window.asked.map(({ name }) => name)).toEqual(['exportNow', 'cancelExport']);
  await window.say(state({ last: { at: Date.now(), outcome: { kind: 'cancelled' } } }));
  await section.getByText('What was exported before is as it was').waitFor();
  const problem = { code: 'export-disk-full', sentence: 'The disk is full. Free some space.' };
  await window.say(state({ last: { at: Date.now(), outcome: { kind: 'failed', problem } } }));
  await section.locator('[data-code="export-disk-full"]').getByText('Free some space').waitFor();
});

test('what main refuses is said', async () => {
  const problem = { code: 'failed', sentence: 'Mooring has no copy of what you chose.' };
  await using window = await open(state({ folder: '/x' }), (name) =>
    name === 'exportNow' ? Promise.resolve({ ok: false, problem }) : undefined,
  );
  await window.section.getByRole('button', { name: 'Export now' }).click();
  await window.section.getByRole('alert').getByText(problem.sentence).waitFor();
});

test('a folder’s name does not turn round what is beside it', async () => {
  await using window = await open(state({ folder: '/media/אבג' }));
  expect(await window.section.locator('bdi').innerText()).toBe('/media/אבג');
});

test.each([
  [0, 0, 'Looking at what there is to export…'],
  [0, 1, '0 of 1 thing written'],
  [1_200, 5_012, '1,200 of 5,012 things written'],
])('%d of %d is “%s”', (done, total, words) => expect(progressWords('en', { done, total })).toBe(words));

test('a folder that is called otherwise is named', () => {
  const outcome = { kind: 'done', items: 1, files: 2, beside: ['ada@example.com/Calendar (2)'] } as const;
  expect(outcomeWords('en', { ...outcome, beside: [...outcome.beside] })).toContain('“ada@example.com/Calendar (2)”');
  expect(outcomeWords('en', { ...outcome, beside: [] })).toBe('Wrote 1 thing in 2 files.');
});

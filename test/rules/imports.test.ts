import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const tree = mkdtempSync(join(tmpdir(), 'mooring-rules-'));
cpSync(join(root, 'biome.json'), join(tree, 'biome.json'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** Plants a file with one import in an empty tree under the project's rules; answers whether they let it pass. */
function allows(folder: string, specifier: string): boolean {
  const file = join('src', folder, 'planted.ts');
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), `import '${specifier}';\n`);
  const lint = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--only=style/noRestrictedImports', '--vcs-enabled=false', file],
    { cwd: tree, encoding: 'utf8' },
  );
  expect(lint.stderr + lint.stdout).toContain('Checked 1 file');
  return lint.status === 0;
}

test.each([
  ['contract', 'node:fs'],
  ['contract', 'electron'],
  ['contract', 'jose'],
  ['contract', '../main/log.ts'],
  ['main', '../daemon/store/open.ts'],
  ['main', '../renderer/app/app.tsx'],
  ['main', '../keytar/system-store.ts'],
  ['main/keychain', '../../keytar/system-store.ts'],
  ['keytar', '../main/log.ts'],
  ['keytar', '../daemon/log.ts'],
  ['main', '../../test/google/index.ts'],
  ['main/accounts', 'electron'],
  ['main/accounts', '../shell/window.ts'],
  ['main/auth', 'electron'],
  ['main/auth', 'electron/main'],
  ['main/auth', '../shell/window.ts'],
  ['main/background', 'electron'],
  ['main/background', '../shell/window.ts'],
  ['main/keychain', 'electron'],
  ['main/purge', 'electron'],
  ['main/purge', '../shell/login-item.ts'],
  ['main/setup', 'electron'],
  ['main/setup', '../shell/app-files.ts'],
  ['daemon', 'electron'],
  ['daemon', '../main/log.ts'],
  ['daemon/calendar', 'electron'],
  ['preload', 'node:fs'],
  ['preload', '../main/log.ts'],
  ['renderer', 'electron'],
  ['renderer', 'node:path'],
  ['renderer', '../main/log.ts'],
  ['renderer/common', 'electron'],
  ['renderer/common', 'node:path'],
  ['renderer/common', '../app/app.tsx'],
  ['renderer/common', '../calendar/agenda-view.tsx'],
  ['renderer/common', '../../main/log.ts'],
  ['renderer/calendar', 'electron'],
  ['renderer/calendar', 'node:path'],
  ['renderer/calendar', '../app/app.tsx'],
  ['renderer/calendar', '../account/people.tsx'],
  ['renderer/calendar', '../../main/log.ts'],
  ['renderer/calendar', '../../../test/renderer/views.ts'],
])('src/%s may not import %s', (folder, specifier) => {
  expect(allows(folder, specifier)).toBe(false);
});

test.each([
  ['contract', 'zod'],
  ['main', 'electron'],
  ['main', '../contract/daemon.ts'],
  ['main/auth', 'jose'],
  ['daemon', '../contract/daemon.ts'],
  ['keytar', '../contract/keychain.ts'],
  ['preload', 'electron'],
  ['renderer', 'react'],
  ['renderer/common', './notice.tsx'],
  ['renderer/common', '../../contract/problem.ts'],
  ['renderer/calendar', 'react'],
  ['renderer/calendar', './whose-item.ts'],
  ['renderer/calendar', '../common/notice.tsx'],
  ['renderer/calendar', '../../contract/calendar.ts'],
])('src/%s may import %s', (folder, specifier) => {
  expect(allows(folder, specifier)).toBe(true);
});

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../build/app.ts';

const folder = mkdtempSync(join(tmpdir(), 'mooring-scripts-'));
const manifest = {
  name: 'scripted',
  version: '1.0.0',
  scripts: { install: `node -e "require('node:fs').writeFileSync('ran', '')"` },
};

beforeAll(() => {
  mkdirSync(join(folder, 'scripted'));
  writeFileSync(join(folder, 'scripted', 'package.json'), JSON.stringify(manifest));
  expect(npm(folder, 'pack', './scripted').status).toBe(0);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** npm without the settings that the npm which runs the tests hands down. */
function npm(cwd: string, ...args: string[]) {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const env = { ...Object.fromEntries(kept), npm_config_cache: join(folder, 'cache') };
  return spawnSync('npm', args, { cwd, env, encoding: 'utf8', shell: process.platform === 'win32' });
}

/** Installs the package in a project of its own; answers the files that are there afterwards. */
function install(name: string, makeSettings: (file: string) => void): string[] {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{}');
  makeSettings(join(project, '.npmrc'));
  const { status, stderr } = npm(project, 'install', '--offline', '../scripted-1.0.0.tgz');
  expect(status, stderr).toBe(0);
  return readdirSync(join(project, 'node_modules', 'scripted')).sort();
}

test('S23 npm runs no script of a package that it installs here, typed by hand as well', () => {
  expect(install('with-scripts', (file) => writeFileSync(file, 'ignore-scripts=false\n'))).toEqual([
    'package.json',
    'ran',
  ]);
  expect(install('as-here', (file) => copyFileSync(join(root, '.npmrc'), file))).toEqual(['package.json']);
}, 60_000);

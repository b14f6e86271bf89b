import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import keytar from 'keytar';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { allow, openBrowser } from '../e2e/browser.ts';
import { chromiumOptions } from '../e2e/chromium.ts';
import { launchApp } from '../electron/launch.ts';
import { startGoogle } from '../google/index.ts';

// The packaged app, taken out of its archive into a folder from which no other node_modules can be reached: what is missing
// in the package is missing here.
describe('what the package holds is enough', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mooring-extracted-')));
  const app = join(folder, 'app');
  beforeAll(() => extractAll(inject('packed').asar, app));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('S14 better-sqlite3 and keytar load under plain Node, from the package alone', () => {
    const script = `
      const Database = require('better-sqlite3');
      const db = new Database(process.argv[1]);
      db.exec('CREATE TABLE boat (name TEXT); INSERT INTO boat VALUES (\\'Dory\\')');
      const keytar = require('keytar');
      console.log(JSON.stringify({
        boat: db.prepare('SELECT name FROM boat').pluck().get(),
        keytar: Object.keys(keytar).sort(),
        from: [require.resolve('better-sqlite3'), require.resolve('keytar')],
      }));`;
    const ran = spawnSync(process.execPath, ['-e', script, join(folder, 'boats.sqlite')], {
      cwd: app,
      encoding: 'utf8',
    });
    expect(ran.stderr).toBe('');
    const said = JSON.parse(ran.stdout) as { boat: string; keytar: string[]; from: string[] };
    expect(said.boat).toBe('Dory');
    expect(said.keytar).toContain('getPassword');
    for (const path of said.from) expect(path.startsWith(app)).toBe(true);
  });

  test('S14 no other package can be reached from it', () => {
    const require = createRequire(join(app, 'package.json'));
    for (const name of ['zod', 'google-auth-library', 'react', 'electron-updater']) {
      expect(() => require.resolve(name)).toThrow();
    }
  });

  test('S14 it starts on the stand-in, signs in, and its daemon fills the agenda', async () => {
    const google = await startGoogle();
    const privateWindows = await chromium.launch(chromiumOptions);
    const browser = await openBrowser('private', privateWindows);
    const home = join(folder, 'home');
    const running = await launchApp({
      appPath: app,
      env: {
        MOORING_GOOGLE_ISSUER: google.issuer,
        MOORING_GOOGLE_API_ROOT: google.apiRoot,
        MOORING_CLIENT_ID: google.clientId,
        MOORING_CLIENT_SECRET: google.clientSecret,
        MOORING_HOME: home,
        MOORING_BROWSER: browser.command,
      },
    });
    try {
      const window = await running.window();
      const button = window.getByRole('button', { name: 'Sign in with Google' });
      await button.waitFor();
      const page = browser.nextPage();
      await button.click();
      await allow(await page, 'Ada Lovelace');
      await window.locator('[data-testid="last-sync"][data-at]').waitFor();
      expect(await window.locator('[data-connection="connected"]').count()).toBe(1);
    } finally {
      await running.close();
      await browser.close();
      await privateWindows.close();
      await google.close();
      const service = `Mooring (${home})`;
      for (const { account } of await keytar.findCredentials(service)) await keytar.deletePassword(service, account);
    }
    expect(running.output()).not.toContain('Error');
  });
});

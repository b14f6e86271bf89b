import { once } from 'node:events';
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runApp } from '../electron/launch.ts';
import { request, signedIn } from './signed-in.ts';
import { expect, test } from './test.ts';
import { connection } from './views.ts';

test('--purge ends a running Mooring, ends its access, and leaves nothing behind', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await signedIn(world);
  await request(window, 'setLaunchAtLogin', { on: true });
  const autostart = join(world.configuration, 'autostart', 'mooring.desktop');
  // The person has switched it off in the desktop's own settings, which leave the file.
  if (process.platform === 'linux') appendFileSync(autostart, 'Hidden=true\n');
  expect(await world.keychain.names()).not.toEqual([]);
  const purge = runApp({ env: world.env, headed: false, args: ['--purge'] });
  expect(await once(purge, 'exit')).toEqual([0, null]);
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(await world.keychain.names()).toEqual([]);
  expect(control.requests({ endpoint: 'revoke' }).map(({ status }) => status)).toEqual([200]);
  // On Windows Chromium's own files are open as long as the program runs that is to remove them.
  const left = existsSync(world.home) ? readdirSync(world.home) : [];
  expect(process.platform === 'win32' ? left.filter((name) => name !== 'electron') : left).toEqual([]);
  expect(existsSync(autostart)).toBe(false);
});

test('a system that shuts down is not held up, and nothing is lost by it', async ({ world }) => {
  const { control } = world.google;
  const { app } = await signedIn(world);
  const hold = control.hold('events');
  await hold.arrived;
  await app.evaluate(({ app: main, powerMonitor }) => {
    powerMonitor.emit('shutdown');
    const asked = { defaultPrevented: false };
    main.on('before-quit', (event) => Object.assign(asked, { defaultPrevented: event.defaultPrevented }));
    // Said where the test can still read it once the app has gone.
    main.on('quit', () => console.log(`held up: ${asked.defaultPrevented}`));
    setImmediate(() => main.quit());
  });
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(app.output()).toContain('held up: false');
  hold.release();
  const { window } = await world.launch();
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
});

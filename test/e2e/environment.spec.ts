import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronExecutable } from '../electron/launch.ts';
import { selfSigned } from '../main/diagnosis-servers.ts';
import { expect, test } from './test.ts';
import { connection } from './views.ts';
import { signIn } from './world.ts';

const skipped = (why: string) => void process.stdout.write(`skipped: ${why}\n`);

test('S25 nothing in the environment makes the app print, write down or loosen anything', async ({ world }) => {
  if (electronExecutable() !== null) return skipped('Playwright does not follow Electron to its second start');
  // Each is set to a value that works: taken out of the app’s hands, it prints secrets or opens a door.
  const keys = join(world.home, '..', 'tls-keys');
  Object.assign(world.env, {
    NODE_DEBUG: 'http,https,net,tls,stream,fetch,undici,module',
    NODE_OPTIONS: `--tls-keylog=${keys} --heapsnapshot-signal=SIGUSR2`,
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    DEBUG: '*',
    GOOGLE_SDK_NODE_LOGGING: '*',
    SSLKEYLOGFILE: keys,
    OPENSSL_CONF: '/dev/null',
    ELECTRON_ENABLE_LOGGING: '1',
  });
  const { app, window } = await world.launch();
  await signIn(world, window);
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');
  const kept = await app.evaluate(() => Object.keys(process.env));
  for (const name of ['NODE_DEBUG', 'NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'DEBUG', 'OPENSSL_CONF']) {
    expect(kept).not.toContain(name);
  }
  // The second start prints nothing of what it does; the first did nothing that could be printed.
  expect(app.output()).not.toMatch(/Authorization|access_token|refresh_token|<Buffer|ya29|1\/\/0/);
  expect(existsSync(keys) ? readFileSync(keys, 'utf8') : '').toBe('');
});

test('S25 certificates are checked, whatever the environment says', async ({ world }) => {
  // Nobody has signed for this one; a main in which checks are off would talk to it.
  await using server = await selfSigned();
  world.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  const { app } = await world.launch();
  const heard = await app.evaluate(
    (_electron, address) =>
      fetch(address).then(
        ({ status }) => `answered ${status}`,
        (error: Error & { cause?: { code?: string } }) => error.cause?.code ?? error.message,
      ),
    server.url,
  );
  expect(heard).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
});

test('S25 a start that comes back with what was to be left behind is refused', async ({ world }) => {
  world.env['NODE_DEBUG'] = 'http';
  const app = await world.start(['--environment-kept']);
  expect(await app.exited).toEqual({ code: 1, signal: null });
  expect(app.output()).toMatch(/^Mooring did not start, because NODE_DEBUG in its environment .* Start it without\.$/m);
});

test('S35 a data folder that cannot be made, or read, ends the start with a sentence', async ({ world }) => {
  const file = join(world.home, '..', 'file');
  writeFileSync(file, '');
  for (const args of [[], ['--purge']]) {
    world.env['MOORING_HOME'] = join(file, 'home');
    const app = await world.start(args);
    expect(await app.exited).toEqual({ code: 1, signal: null });
    expect(app.output()).toMatch(
      /^Mooring did not start: it cannot use the folder .* or name another folder in MOORING_HOME\.$/m,
    );
    expect(app.output()).not.toContain('    at ');
  }
  // A file that is there and cannot be read is not taken for one that holds nothing.
  world.env['MOORING_HOME'] = world.home;
  mkdirSync(join(world.home, 'accounts.json'), { recursive: true });
  writeFileSync(join(world.home, 'mooring.json'), '{}');
  const app = await world.start();
  expect(await app.exited).toEqual({ code: 1, signal: null });
  expect(app.output()).toMatch(/^Mooring did not start: it cannot use the folder /m);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { family } from '../electron/children.ts';
import { repoRoot } from '../electron/executable.ts';
import { electronExecutable, launchApp } from '../electron/launch.ts';
import { expect, test } from './test.ts';
import { connection, notice, signInButton } from './views.ts';
import { signIn } from './world.ts';

const skipped = (why: string) => void process.stdout.write(`skipped: ${why}\n`);

test('S2 every renderer is asked to be in the sandbox', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  if (app.host === 'stand-in') {
    // It has no sandbox to look into; it knows whether the app asked in time.
    const asked = await app.evaluate(({ app: main }) => (main as unknown as { sandboxAsked: boolean }).sandboxAsked);
    expect(asked).toBe(true);
    return;
  }
  // Electron names it on macOS and Windows only.
  if (process.platform === 'linux') return skipped('on Linux Electron does not say which processes are sandboxed');
  const tabs = await app.evaluate(({ app: main }) =>
    main
      .getAppMetrics()
      .filter(({ type }) => type === 'Tab')
      .map(({ sandboxed }) => sandboxed),
  );
  expect(new Set(tabs)).toEqual(new Set([true]));
});

test('S7 of all addresses, the browser is given those at which a sign-in begins', async ({ world }) => {
  const { window: page } = await world.launch();
  await signIn(world, page);
  await expect(connection(page)).toHaveAttribute('data-connection', 'connected');
  expect(world.browser.opened).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/)]);
});

test('S16 the window’s files name no address outside the package', () => {
  const folder = join(repoRoot, 'out', 'renderer');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(html|css|js|svg)$/.test(path),
  );
  expect(files).toEqual(
    expect.arrayContaining(['index.html', expect.stringMatching(/\.js$/), expect.stringMatching(/\.css$/)]),
  );
  const remote = String.raw`['"\s]*(https?:|wss?:|ftp:)?//`;
  const fetching: readonly RegExp[] = [
    new RegExp(String.raw`\b(src|href|srcset|data|action|poster|manifest)\s*=${remote}`, 'i'),
    new RegExp(String.raw`\burl\(${remote}`),
    new RegExp(`@import${remote}`, 'i'),
    new RegExp(String.raw`\bimport\s*\(${remote}`, 'i'),
    new RegExp(String.raw`\b(from|import)${remote}`, 'i'),
    new RegExp(String.raw`\b(fetch|WebSocket|EventSource|Worker|importScripts|sendBeacon)\s*\(${remote}`, 'i'),
  ];
  const found = files.flatMap((path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    return fetching.flatMap((words) =>
      [...text.matchAll(new RegExp(words, `g${words.flags}`))].map(([what]) => `${path}: ${what}`),
    );
  });
  expect(found).toEqual([]);
  // What is searched with finds what it should.
  const planted = [
    '<script src="https://cdn.example/x.js">',
    '<link href=//cdn.example/x.css>',
    "a{background:url('http://cdn.example/x.png')}",
    '@import "https://cdn.example/x.css"',
    "import('https://cdn.example/x.js')",
    "import x from 'https://cdn.example/x.js'",
    'fetch("https://cdn.example")',
  ];
  for (const line of planted)
    expect(
      fetching.some((words) => words.test(line)),
      line,
    ).toBe(true);
});

test('S18 without a keychain nobody is signed in, it is said, and nothing is kept in its place', async ({ world }) => {
  if (process.platform !== 'linux') return skipped('only on Linux can a session be without a keychain');
  world.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/bus';
  const { window: page } = await world.launch();
  await signIn(world, page);
  await expect(notice(page, 'keychain')).toContainText('Your data is untouched');
  await expect(signInButton(page)).toBeVisible();
  expect(await world.keychain.names()).toEqual([]);
  // The tokens were had, and are nowhere.
  expect((await world.secrets()).length).toBeGreaterThanOrEqual(6);
  expect(await world.leaks()).toEqual([]);
});

test.describe('an installed app', () => {
  test.use({ options: { installed: true } });

  test('S21 a packaged app does not start to be debugged', async ({ world }) => {
    if (electronExecutable() !== null) return skipped('whether Electron is packaged cannot be set from outside');
    for (const name of ['remote-debugging-port=0', 'remote-debugging-pipe', 'inspect', 'inspect-brk=127.0.0.1:0']) {
      const app = await launchApp({ env: world.env, args: [`--${name}`] });
      try {
        await expect.poll(() => app.output()).toContain(`was started with --${name.split('=')[0]}, `);
        expect(await app.exited).toEqual({ code: 1, signal: null });
        // A sentence, and no trace of a fault.
        expect(app.output()).toMatch(/^Mooring did not start, .* Start it without\.$/m);
        expect(app.output()).not.toContain('    at ');
      } finally {
        await app.kill();
      }
    }
    expect(existsSync(world.home)).toBe(false);
    const { window: page } = await world.launch(['--js-flags=--expose-gc', '--no-sandbox']);
    await expect(signInButton(page)).toBeVisible();
  });

  test('S26 signs in with the system’s browser, and says what of its environment it left aside', async ({ world }) => {
    if (electronExecutable() !== null) return skipped('whether Electron is packaged cannot be set from outside');
    Object.assign(world.env, {
      MOORING_BROWSER: `"${process.execPath}" --eval process.exit(7)`,
      MOORING_GOOGLE_CONTROL: 'http://127.0.0.1:9',
      MOORING_GOOGLE_CONTROL_KEY: 'planted-key',
    });
    const { app, window: page } = await world.launch();
    await expect(page.getByRole('status').filter({ hasText: 'MOORING_BROWSER in its environment' })).toBeVisible();
    await signIn(world, page);
    await expect(connection(page)).toHaveAttribute('data-connection', 'connected');
    expect(world.browser.opened).toHaveLength(1);
    expect(app.output()).toContain('MOORING_GOOGLE_CONTROL_KEY in its environment');
    expect(app.output()).not.toContain('planted-key');
  });

  test('S26 goes to Google, and nowhere else, whatever the environment calls Google', async ({ world }) => {
    if (electronExecutable() !== null) return skipped('whether Electron is packaged cannot be set from outside');
    world.env['MOORING_GOOGLE_ISSUER'] = 'https://accounts.google.com.evil.example';
    const { window: page } = await world.launch();
    await expect(
      page.getByRole('status').filter({ hasText: 'MOORING_GOOGLE_ISSUER in its environment' }),
    ).toBeVisible();
    const state = await page.evaluate(async () => window.mooring.getState());
    expect(state).toMatchObject({ ok: true, value: { setup: { kind: 'ready', googleHost: 'accounts.google.com' } } });
  });
});

test('S22 nothing planted in the environment reaches the daemon or the keychain’s process', async ({ world }) => {
  if (process.platform !== 'linux') return skipped('only Linux shows the environment of a process');
  Object.assign(world.env, {
    // With it the app starts a second time, and Playwright does not follow Electron there.
    ...(electronExecutable() === null && { NODE_OPTIONS: '--stack-trace-limit=11' }),
    HTTPS_PROXY: 'http://ada:secret@127.0.0.1:9',
    LD_PRELOAD: '/nonexistent/planted.so',
    GOOGLE_SDK_NODE_LOGGING: 'planted',
  });
  const { app, window: page } = await world.launch();
  await signIn(world, page);
  await expect(page.getByTestId('last-sync')).toHaveAttribute('data-at');
  const read = (pid: number, name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0');
  const utilities = family(app.process.pid!).filter((pid) =>
    read(pid, 'cmdline').some(
      (part) => /\/(daemon|keychain)\.js$/.test(part) || part.startsWith('--utility-sub-type=node.'),
    ),
  );
  const environments = utilities.map((pid) => read(pid, 'environ').map((each) => each.split('=')[0]!));
  const [names, ...more] = environments.filter((each) => each.includes('MOORING_DATABASE'));
  const [keychain, ...others] = environments.filter((each) => !each.includes('MOORING_DATABASE'));
  expect([...more, ...others]).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(['PATH', 'HOME', 'MOORING_DATABASE', 'MOORING_GOOGLE_API_ROOT']));
  const planted = [
    ...['NODE_OPTIONS', 'HTTPS_PROXY', 'LD_PRELOAD', 'GOOGLE_SDK_NODE_LOGGING'],
    ...['MOORING_CLIENT_ID', 'MOORING_CLIENT_SECRET', 'MOORING_HOME', 'MOORING_BROWSER', 'DBUS_SESSION_BUS_ADDRESS'],
  ];
  expect(names!.filter((name) => planted.includes(name))).toEqual([]);
  // Its bus is how the keychain is reached.
  expect(keychain!.filter((name) => planted.includes(name))).toEqual(['DBUS_SESSION_BUS_ADDRESS']);
  expect(keychain!.filter((name) => name.startsWith('MOORING_'))).toEqual([]);
});

import { z } from 'zod';
import { type RequestName, requestNames } from '../../src/contract/bridge.ts';
import { windowRequests } from '../../src/contract/window.ts';
import { expect, test } from './test.ts';
import { connection, signInButton } from './views.ts';
import { signIn } from './world.ts';

test('S11 the window has no Node, and of the app only what the contract names', async ({ world }) => {
  const { window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  const globals = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global'].map((name) => name in globalThis),
  );
  expect(globals).toEqual([false, false, false, false, false]);
  const bridge = await page.evaluate(() => ({
    names: Object.keys(window.mooring),
    kinds: [...new Set(Object.values(window.mooring).map((value) => typeof value))],
    frozen: Object.isFrozen(window.mooring),
    replaceable: Reflect.set(window, 'mooring', {}) && Object.keys(window.mooring).length === 0,
  }));
  expect(bridge.names.toSorted()).toEqual([...requestNames, 'onShow', 'onState'].toSorted());
  expect(bridge).toMatchObject({ kinds: ['function'], frozen: true, replaceable: false });
});

test('S11 nothing a page does changes the bridge or follows it further', async ({ world }) => {
  const { window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  const tried = await page.evaluate(() => {
    const bridge = window.mooring as unknown as Record<string, unknown>;
    const before = { bridge, getState: bridge['getState'], names: Object.keys(bridge).join() };
    const attempts: Record<string, () => unknown> = {
      'replace a function': () => Reflect.set(bridge, 'getState', () => 'mine'),
      'redefine a function': () => Reflect.defineProperty(bridge, 'getState', { value: () => 'mine' }),
      'add a function': () => Reflect.set(bridge, 'more', () => 'mine'),
      'take one away': () => Reflect.deleteProperty(bridge, 'getState'),
      'change the prototype': () => Reflect.setPrototypeOf(bridge, { more: () => 'mine' }),
      'replace the bridge': () => Reflect.set(window, 'mooring', {}),
      'redefine the bridge': () => Reflect.defineProperty(window, 'mooring', { value: {} }),
      'take the bridge away': () => Reflect.deleteProperty(window, 'mooring'),
      'hang something on a function': () => Reflect.set(bridge['getState'] as object, 'more', 'mine'),
    };
    const done = Object.entries(attempts).filter(([, attempt]) => attempt() === true);
    const same = window.mooring === before.bridge && window.mooring.getState === before.getState;
    return { done: done.map(([name]) => name), same: same && Object.keys(window.mooring).join() === before.names };
  });
  expect(tried).toEqual({ done: [], same: true });

  const found = await page.evaluate(async () => {
    const seen = new Set<unknown>();
    const words: string[] = [];
    const walk = (value: unknown) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
      seen.add(value);
      for (const key of Reflect.ownKeys(value)) {
        words.push(String(key));
        if (key !== 'prototype') walk(Reflect.getOwnPropertyDescriptor(value, key)?.value);
      }
      if (typeof value === 'function') words.push(String(value));
    };
    walk(window.mooring);
    const heard: unknown[][] = [];
    const stop = window.mooring.onState((...all: unknown[]) => void heard.push(all.map((each) => typeof each)));
    const stopped: unknown = stop();
    return { leaks: words.filter((word) => /ipcRenderer|mooring:|sender|invoke\(/.test(word)), stopped };
  });
  expect(found).toEqual({ leaks: [], stopped: undefined });
});

test('S10 another window is not heard, and within the window there is no frame', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  // A window of the same app, page and preload, but not the one that the app opened.
  const answers = await app.evaluate(async ({ app: main, BrowserWindow }) => {
    const preload = `${main.getAppPath()}/out/preload/index.cjs`;
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await other.loadURL('app://ui/index.html');
    const ask = (request: string) => other.webContents.executeJavaScript(`window.mooring.${request}`);
    const heard = [
      await ask('getState()'),
      await ask("disconnect({ accountId: 'x', erase: true })"),
      await ask('rebuildCopy()'),
    ];
    other.destroy();
    return heard.map((answer: { ok: boolean; problem?: { code: string } }) => [answer.ok, answer.problem?.code]);
  });
  expect(answers).toEqual(Array(3).fill([false, 'foreign-sender']));
  const frame = await page.evaluate(() => {
    try {
      return document.createElement('iframe').localName;
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(frame).toBe('The window of Mooring has no frames.');
  expect(await page.evaluate(() => window.mooring.getState().then(({ ok }) => ok))).toBe(true);
});

const takesSomething: ReadonlySet<RequestName> = new Set(
  requestNames.filter((name) => !(windowRequests[name].params instanceof z.ZodNull)),
);

/** In the page: makes a request with each of these, and answers how each went. */
async function askWith({ name, garbage }: { name: RequestName; garbage: unknown[] }): Promise<string[]> {
  const ask = window.mooring[name] as (params: unknown) => Promise<{ ok: boolean; problem?: { code: string } }>;
  const heard: string[] = [];
  for (const params of garbage) {
    const asked = ask(params);
    // What is no file gets no further than the preload.
    const answer = await (name === 'giveClientFile'
      ? asked.catch(() => ({ ok: false, problem: { code: 'bad-request' } }))
      : asked);
    heard.push(answer.ok ? 'ok' : (answer.problem?.code ?? 'nothing'));
  }
  return heard;
}

test('S12 a request with garbage is refused, and the app goes on', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  // The one request that would wait for a person: nobody is there to choose a file.
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
  });
  const garbage = [null, 7, 'text', [], { erase: 'yes' }, { text: 5, from: {} }, { from: '1', to: '2', timeZone: '' }];
  for (const name of requestNames) {
    const answers = await page.evaluate(askWith, { name, garbage });
    // There is no update to be installed, and the request says so.
    const done = name === 'installUpdate' ? 'failed' : 'ok';
    const expected = takesSomething.has(name) ? 'bad-request' : done;
    expect(answers, name).toEqual(garbage.map(() => expected));
  }
  // What takes nothing is handed nothing: the preload drops it. What cannot even be sent is refused on the way.
  expect(
    await page.evaluate(() =>
      window.mooring.ask((() => 1) as never).then(
        () => 'sent',
        () => 'refused',
      ),
    ),
  ).toBe('refused');

  await signIn(world, page);
  await expect(connection(page)).toHaveAttribute('data-connection', 'connected');
});

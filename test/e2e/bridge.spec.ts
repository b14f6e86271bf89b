import { z } from 'zod';
import { type RequestName, requestNames } from '../../src/contract/bridge.ts';
import { windowRequests } from '../../src/contract/window.ts';
import { expect, test } from './test.ts';
import { connection, signInButton } from './views.ts';
import { signIn } from './world.ts';

test('the window has no Node, and of the app only what the contract names', async ({ world }) => {
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

const takesSomething: ReadonlySet<RequestName> = new Set(
  requestNames.filter((name) => !(windowRequests[name].params instanceof z.ZodUndefined)),
);

/** In the page: makes a request with each of these, and answers how each went. */
async function askWith({ name, garbage }: { name: RequestName; garbage: unknown[] }): Promise<string[]> {
  const ask = window.mooring[name] as (params: unknown) => Promise<{ ok: boolean; problem?: { code: string } }>;
  const heard: string[] = [];
  for (const params of garbage) {
    const answer = await ask(params);
    heard.push(answer.ok ? 'ok' : (answer.problem?.code ?? 'nothing'));
  }
  return heard;
}

test('a request with garbage is refused, and the app goes on', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  // The one request that would wait for a person: nobody is there to choose a file.
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
  });
  const garbage = [null, 7, 'text', [], { erase: 'yes' }, { text: 5, from: {} }, { from: '1', to: '2', timeZone: '' }];
  for (const name of requestNames) {
    const answers = await page.evaluate(askWith, { name, garbage });
    const expected = takesSomething.has(name) ? 'bad-request' : 'ok';
    expect(answers, name).toEqual(garbage.map(() => expected));
  }
  // What takes nothing is handed nothing: the preload drops it. What cannot even be sent is refused on the way.
  expect(
    await page.evaluate(() =>
      window.mooring.getAgenda((() => 1) as never).then(
        () => 'sent',
        () => 'refused',
      ),
    ),
  ).toBe('refused');

  await signIn(world, page);
  await expect(connection(page)).toHaveAttribute('data-connection', 'connected');
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive } from './children.ts';
import { fixture, noted, start, untilNoted } from './harness.ts';
import type { RunningApp } from './launch.ts';

const service = join(fixture('bare'), 'service.mjs');

async function bare(): Promise<RunningApp> {
  const app = await start('bare');
  await app.evaluate(({ app: main }) => main.whenReady());
  return app;
}

test('messages go round between main and a utility process', async () => {
  const app = await bare();
  const result = await app.evaluate(async ({ utilityProcess }, path) => {
    const child = utilityProcess.fork(path, ['one', 'two'], {
      serviceName: 'fixture',
      stdio: 'pipe',
      env: { FIXTURE_ONLY: '1' },
    });
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    const next = () => new Promise<unknown>((resolve) => child.once('message', resolve));
    // Sent before the child listens, and kept for it.
    child.postMessage({ when: new Date(5), map: new Map([[1, 2]]) });
    const echo = (await next()) as { echo: { when: Date; map: Map<number, number> } };
    const running = child.pid !== undefined;
    child.postMessage('about');
    const about = await next();
    const exited = new Promise<number>((resolve) => child.once('exit', resolve));
    child.postMessage('exit');
    const code = await exited;
    return { time: echo.echo.when.getTime(), two: echo.echo.map.get(1), running, about, code, pid: child.pid, out };
  }, service);
  expect(result).toEqual({
    time: 5,
    two: 2,
    running: true,
    about: {
      type: 'utility',
      env: ['FIXTURE_ONLY'],
      args: ['one', 'two'],
      send: 'undefined',
      ports: 0,
      net: 'boolean',
    },
    code: 0,
    pid: undefined,
    out: 'service speaks\n',
  });
  expect(await noted(app)).toEqual([]);
});

test('the app hears of a utility process that ends badly', async () => {
  const app = await bare();
  const code = await app.evaluate(({ utilityProcess }, path) => {
    const child = utilityProcess.fork(path, [], { serviceName: 'fixture', stdio: 'ignore' });
    child.postMessage('crash');
    return new Promise((resolve) => child.once('exit', resolve));
  }, service);
  expect(code).toBe(3);
  await untilNoted(app, 'gone abnormal-exit fixture');
});

test('a killed utility process exits', async () => {
  const app = await bare();
  const result = await app.evaluate(async ({ utilityProcess }, path) => {
    const child = utilityProcess.fork(path, [], { stdio: 'ignore' });
    await new Promise<void>((resolve) => child.once('spawn', () => resolve()));
    const exited = new Promise<number>((resolve) => child.once('exit', resolve));
    return [child.kill(), typeof (await exited)];
  }, service);
  expect(result).toEqual([true, 'number']);
});

test('what cannot be sent to a utility process is refused', async () => {
  const app = await bare();
  const refusals = await app.evaluate(({ utilityProcess }, path) => {
    const child = utilityProcess.fork(path, [], { stdio: 'ignore' });
    const refused = (work: () => void): string => {
      try {
        work();
        return 'allowed';
      } catch (error) {
        return (error as Error).message;
      }
    };
    return [refused(() => child.postMessage(() => 1)), refused(() => child.postMessage('x', [{} as never]))];
  }, service);
  expect(refusals).toEqual([
    'An object could not be cloned.',
    'the stand-in cannot transfer message ports to a utility process',
  ]);
});

test.each(['close', 'kill'] as const)('a utility process does not outlive main: %s', async (way) => {
  const app = await bare();
  const pid = await app.evaluate(({ utilityProcess }, path) => {
    const child = utilityProcess.fork(path, [], { stdio: 'ignore' });
    return new Promise<number>((resolve) => child.once('spawn', () => resolve(child.pid as number)));
  }, service);
  expect(isAlive(pid)).toBe(true);
  await app[way]();
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
});

import { expect, test } from 'vitest';
import { z } from 'zod';
import { createPeer, type Port } from '../../src/contract/rpc.ts';

const serves = { double: { params: z.number(), result: z.number() } } as const;
const hears = { said: z.string() } as const;
const none = {} as const;

/** Two ports joined back to back, carrying structured clones as Electron's do. */
function pair(): [Port, Port] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const port = (mine: number): Port => ({
    send: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of listeners[1 - mine]!) listener(copy);
      });
    },
    receive: (listener) => {
      listeners[mine]!.push(listener);
    },
  });
  return [port(0), port(1)];
}

function peers(handler: (value: number) => Promise<number>) {
  const [near, far] = pair();
  const invalid: string[] = [];
  const heard: string[] = [];
  const onInvalid = (message: string) => invalid.push(message);
  const asking = createPeer<typeof none, typeof serves, typeof hears, typeof none>({
    port: near,
    serves: {},
    handlers: {},
    asks: serves,
    hears,
    onEvent: { said: (value) => heard.push(value) },
    onInvalid,
  });
  const serving = createPeer<typeof serves, typeof none, typeof none, typeof hears>({
    port: far,
    serves,
    handlers: { double: handler },
    asks: {},
    hears: {},
    onEvent: {},
    onInvalid,
  });
  return { asking, serving, near, far, invalid, heard };
}

test('a request is answered, and an event is heard', async () => {
  const { asking, serving, heard } = peers(async (value) => value * 2);
  expect(await asking.request('double', 21)).toBe(42);
  serving.say('said', 'hello');
  await expect.poll(() => heard).toEqual(['hello']);
});

test('parameters, results and events that fit no schema do not get through', async () => {
  const { asking, far, invalid, heard } = peers(async () => 'two' as never);
  await expect(asking.request('double', 'x' as never)).rejects.toThrow(/number/);
  await expect(asking.request('double', 1)).rejects.toThrow(/number/);
  far.send({ type: 'event', name: 'said', value: 5 });
  far.send({ type: 'event', name: 'constructor', value: 5 });
  far.send('nonsense');
  await expect.poll(() => invalid.length).toBe(3);
  expect(heard).toEqual([]);
});

test('an unknown request is refused, also by the name of something inherited', async () => {
  const { asking } = peers(async (value) => value);
  await expect(asking.request('toString' as never, 1 as never)).rejects.toThrow();
});

test('closing rejects what is waiting and what comes after', async () => {
  const { asking } = peers(() => new Promise(() => {}));
  const waiting = asking.request('double', 1);
  asking.close('gone');
  await expect(waiting).rejects.toThrow('gone');
  await expect(asking.request('double', 1)).rejects.toThrow('gone');
});

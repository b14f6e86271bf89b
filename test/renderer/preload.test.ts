import { beforeEach, expect, test, vi } from 'vitest';
import { requestChannel, requestNames, stateChannel } from '../../src/contract/bridge.ts';
import { windowRequests } from '../../src/contract/window.ts';

type Listener = (event: unknown, ...values: unknown[]) => void;
const electron = vi.hoisted(() => ({
  exposed: {} as Record<string, Record<string, (...params: unknown[]) => unknown>>,
  invoked: [] as unknown[][],
  listeners: new Map<string, Set<unknown>>(),
}));

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: never) => {
      electron.exposed[name] = value;
    },
  },
  ipcRenderer: {
    invoke: async (...args: unknown[]) => void electron.invoked.push(args),
    on: (channel: string, listener: unknown) =>
      electron.listeners.set(channel, (electron.listeners.get(channel) ?? new Set()).add(listener)),
    off: (channel: string, listener: unknown) => electron.listeners.get(channel)?.delete(listener),
  },
}));

await import('../../src/preload/index.ts');
const bridge = electron.exposed['mooring']!;

beforeEach(() => {
  electron.invoked.length = 0;
});

test('the window gets one function per request and two to listen, and nothing else', () => {
  expect(Object.keys(electron.exposed)).toEqual(['mooring']);
  expect(Object.keys(bridge).toSorted()).toEqual([...requestNames, 'onShow', 'onState'].toSorted());
});

test('each request goes out on its own channel, with parameters only where it takes some', async () => {
  const takers = requestNames.filter((name) => windowRequests[name].params.type !== 'undefined');
  for (const name of requestNames) await bridge[name]!({ some: 'thing' }, 'more');
  expect(electron.invoked).toEqual(
    requestNames.map((name) => [requestChannel(name), takers.includes(name) ? { some: 'thing' } : undefined]),
  );
});

test('a listener hears the state without the event, until it stops', () => {
  const heard = vi.fn();
  const stop = bridge['onState']!(heard) as () => void;
  const [listener] = electron.listeners.get(stateChannel)! as Set<Listener>;
  listener!({ sender: 'secret' }, { a: 'state' });
  expect(heard.mock.calls).toEqual([[{ a: 'state' }]]);
  stop();
  expect(electron.listeners.get(stateChannel)!.size).toBe(0);
});

import { beforeEach, expect, test, vi } from 'vitest';
import { requestChannel, requestNames, showChannel, stateChannel } from '../../src/contract/bridge.ts';
import { windowRequests } from '../../src/contract/window.ts';
import { closePageWorld } from '../../src/preload/page-world.ts';

type Listener = (event: unknown, ...values: unknown[]) => void;
const electron = vi.hoisted(() => ({
  /** What was done in the page's world, in order. */
  done: [] as unknown[],
  exposed: {} as Record<string, Record<string, (...params: unknown[]) => unknown>>,
  invoked: [] as unknown[][],
  listeners: new Map<string, Set<unknown>>(),
}));

vi.mock('electron', () => ({
  contextBridge: {
    executeInMainWorld: (script: unknown) => void electron.done.push(script),
    exposeInMainWorld: (name: string, value: never) => {
      electron.done.push(name);
      electron.exposed[name] = value;
    },
  },
  ipcRenderer: {
    invoke: async (...args: unknown[]) => void electron.invoked.push(args),
    on: (channel: string, listener: unknown) =>
      electron.listeners.set(channel, (electron.listeners.get(channel) ?? new Set()).add(listener)),
    off: (channel: string, listener: unknown) => electron.listeners.get(channel)?.delete(listener),
  },
  webUtils: { getPathForFile: (file: unknown) => `path of ${String(file)}` },
}));

await import('../../src/preload/index.ts');
const bridge = electron.exposed['mooring']!;

beforeEach(() => {
  electron.invoked.length = 0;
});

// Written out: one name more is a door more, and somebody has to have thought of it.
const names = [
  'answerStranger',
  'ask',
  'cancelExport',
  'cancelSearch',
  'cancelSignIn',
  'changeExports',
  'changeSettings',
  'copyAddress',
  'copyReport',
  'copySignInLink',
  'disconnect',
  'dropService',
  'exportNow',
  'getCredentials',
  'getState',
  'giveClientFile',
  'installUpdate',
  'keepAdded',
  'keepService',
  'onShow',
  'onState',
  'openSignInAgain',
  'pause',
  'pickClientFile',
  'pickExportFolder',
  'rebuildCopy',
  'reconnect',
  'rehearse',
  'search',
  'setLaunchAtLogin',
  'signIn',
  'syncNow',
  'testCredentials',
  'unpause',
];

test('S11 the window gets these functions, and nothing else', () => {
  expect(Object.keys(electron.exposed)).toEqual(['mooring']);
  expect(Object.keys(bridge).toSorted()).toEqual(names);
  expect(names.filter((name) => !name.startsWith('on'))).toEqual(requestNames.toSorted());
  for (const value of Object.values(bridge)) {
    expect(typeof value).toBe('function');
    // Nothing hangs on a function that a page could follow.
    expect(Reflect.ownKeys(value).toSorted()).toEqual(['length', 'name']);
  }
});

test('S34 the page’s world is closed before it gets anything', () => {
  expect(electron.done).toEqual([{ func: closePageWorld }, 'mooring']);
});

test('S11 each request goes out on its own channel, with parameters only where it takes some', async () => {
  const takers = requestNames.filter((name) => windowRequests[name].params.type !== 'null');
  for (const name of requestNames) await bridge[name]!({ some: 'thing' }, 'more');
  expect(electron.invoked).toEqual(
    requestNames.map((name) => {
      const sent = name === 'giveClientFile' ? { path: 'path of [object Object]' } : { some: 'thing' };
      return [requestChannel(name), takers.includes(name) ? sent : null];
    }),
  );
});

test('S11 a listener hears the state without the event, until it stops', () => {
  const heard = vi.fn();
  const stop = bridge['onState']!(heard) as () => void;
  const [listener] = electron.listeners.get(stateChannel)! as Set<Listener>;
  listener!({ sender: 'secret' }, { a: 'state' });
  expect(heard.mock.calls).toEqual([[{ a: 'state' }]]);
  stop();
  expect(electron.listeners.get(stateChannel)!.size).toBe(0);
});

test('S11 a page names no channel: what it passes is a parameter, whatever it looks like', async () => {
  const looksLikeOne = 'mooring:disconnect';
  for (const name of requestNames) await bridge[name]!(looksLikeOne, 'mooring:signIn', { channel: 'mooring:signIn' });
  expect(electron.invoked.map(([channel]) => channel)).toEqual(requestNames.map(requestChannel));
  const before = [...electron.listeners.keys()];
  (bridge['onState']!(() => {}, 'another') as () => void)();
  (bridge['onShow']!(() => {}, 'another') as () => void)();
  expect([...electron.listeners.keys()].toSorted()).toEqual(
    [...new Set([...before, stateChannel, showChannel])].toSorted(),
  );
});

test('S11 a place that main names comes without the event, and waits for whoever listens first', () => {
  const [listener] = electron.listeners.get(showChannel)! as Set<Listener>;
  listener!({ sender: 'secret' }, { kind: 'credentials' });
  listener!({ sender: 'secret' }, { kind: 'settings' });
  const heard = vi.fn();
  const stop = bridge['onShow']!(heard) as () => unknown;
  // Of what was said before, the last word counts.
  expect(heard.mock.calls).toEqual([[{ kind: 'settings' }]]);
  listener!({ sender: 'secret' }, { kind: 'credentials' });
  expect(heard.mock.calls.slice(1)).toEqual([[{ kind: 'credentials' }]]);
  // What ends the listening answers nothing, so that nothing of Electron's comes back by it.
  expect(stop()).toBeUndefined();
  listener!({ sender: 'secret' }, { kind: 'credentials' });
  expect(heard).toHaveBeenCalledTimes(2);
});

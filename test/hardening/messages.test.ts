import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { requestNames } from '../../src/contract/bridge.ts';
import { daemonEvents, daemonRequests, mainEvents, mainRequests } from '../../src/contract/daemon.ts';
import { createPeer, type Events, type Port, type Requests } from '../../src/contract/rpc.ts';
import { services } from '../../src/contract/services.ts';
import { windowRequests } from '../../src/contract/window.ts';
import type { Mooring } from '../../src/main/mooring.ts';
import { answerRequest } from '../../src/main/shell/answer.ts';
import { invalid, valid, withMore } from './arbitrary.ts';

const runs = { numRuns: 200 };

describe('S12 a window’s request', () => {
  test.each(requestNames)('%s with what fits no schema is refused and does nothing', async (name) => {
    const done = vi.fn();
    const log: string[] = [];
    const requests = { [name]: done } as unknown as Mooring['requests'];
    await fc.assert(
      fc.asyncProperty(invalid(windowRequests[name].params), async (params) => {
        expect(await answerRequest(requests, name, params, (line) => void log.push(line))).toEqual({
          ok: false,
          problem: { code: 'bad-request', sentence: expect.stringContaining('Nothing was changed') },
        });
      }),
      runs,
    );
    expect(done).not.toHaveBeenCalled();
    // What it was is not written down: it may be anything.
    expect([...new Set(log)]).toEqual([`window: ${name} came with parameters that fit no schema`]);
  });

  test.each(requestNames)('%s with what fits is done, once, with exactly that', async (name) => {
    const done = vi.fn().mockResolvedValue('done');
    const requests = { [name]: done } as unknown as Mooring['requests'];
    await fc.assert(
      fc.asyncProperty(valid(windowRequests[name].params), async (params) => {
        done.mockClear();
        expect(await answerRequest(requests, name, params, () => {})).toEqual({ ok: true, value: 'done' });
        expect(done.mock.calls).toEqual([[params]]);
      }),
      runs,
    );
  });

  test('S12 one that fails answers with a sentence, and no error crosses', async () => {
    const failing = (error: unknown) =>
      answerRequest({ getState: () => Promise.reject(error) } as never, 'getState', null, () => {});
    expect(await failing(new Error('Why.'))).toEqual({ ok: false, problem: { code: 'failed', sentence: 'Why.' } });
    for (const error of ['text', null, { secret: 1 }]) {
      const sentence = 'That did not work. Your data is untouched; try again.';
      expect(await failing(error)).toEqual({ ok: false, problem: { code: 'failed', sentence } });
    }
  });
});

/** A peer whose other side says whatever the test says, and what it sends back. */
function peer(serves: Requests, hears: Events) {
  let say: (message: unknown) => void = () => {};
  const sent: { type: string; id: number; message?: string; value?: unknown }[] = [];
  const port: Port = {
    send: (message) => void sent.push(message as never),
    receive: (listener) => {
      say = listener;
    },
  };
  const called = vi.fn();
  const heard = vi.fn();
  const onInvalid = vi.fn();
  const each = <T>(names: object, value: T) => Object.fromEntries(Object.keys(names).map((name) => [name, value]));
  createPeer({
    port,
    serves,
    handlers: each(serves, async (params: unknown) => void called(params)) as never,
    asks: {},
    hears,
    onEvent: each(hears, heard) as never,
    onInvalid,
  });
  return { say: (message: unknown) => say(message), sent, called, heard, onInvalid };
}

const crossing: readonly (readonly [string, Requests])[] = [
  ['the daemon', daemonRequests],
  ['main', mainRequests],
];

describe.each(crossing)('S12 a request to %s', (_to, requests) => {
  const schemas = Object.entries(requests) as [string, { params: z.ZodType; result: z.ZodType }][];

  test.each(schemas)('%s with what fits no schema is refused and does nothing', async (name, { params }) => {
    await fc.assert(
      fc.asyncProperty(invalid(params), fc.integer(), async (garbage, id) => {
        const { say, sent, called } = peer(requests, {});
        say({ type: 'request', id, name, params: garbage });
        await Promise.resolve();
        expect(sent).toEqual([{ type: 'refusal', id, message: expect.any(String) }]);
        expect(called).not.toHaveBeenCalled();
      }),
      runs,
    );
  });

  test.each(schemas)('%s with what fits is done', async (name, { params }) => {
    await fc.assert(
      fc.asyncProperty(valid(params), fc.integer(), async (good, id) => {
        const { say, sent, called } = peer(requests, {});
        say({ type: 'request', id, name, params: good });
        await vi.waitFor(() => expect(sent).toEqual([{ type: 'answer', id, value: undefined }]), { interval: 0 });
        expect(called.mock.calls).toEqual([[good]]);
      }),
      runs,
    );
  });

  test('a request by another name is refused, also by a name that every object has', async () => {
    const other = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'));
    await fc.assert(
      fc.asyncProperty(
        other.filter((name) => !Object.hasOwn(requests, name)),
        async (name) => {
          const { say, sent, called } = peer(requests, {});
          say({ type: 'request', id: 1, name, params: null });
          expect(sent).toMatchObject([{ type: 'refusal', id: 1 }]);
          expect(called).not.toHaveBeenCalled();
        },
      ),
      runs,
    );
  });

  test('a message that is none is dropped', () => {
    const envelope = fc.record(
      {
        type: fc.oneof(fc.constantFrom('request', 'answer', 'refusal', 'event', 'other'), fc.anything()),
        id: fc.anything(),
        name: fc.anything(),
        params: fc.anything(),
        more: fc.anything(),
      },
      { requiredKeys: ['type', 'more'] },
    );
    fc.assert(
      fc.property(fc.oneof(envelope, fc.anything()), (message) => {
        const { say, sent, called, onInvalid } = peer(requests, {});
        say(message);
        expect(onInvalid).toHaveBeenCalledOnce();
        expect([sent, called.mock.calls]).toEqual([[], []]);
      }),
      runs,
    );
  });
});

const said: readonly (readonly [string, Events])[] = [
  ['the daemon', daemonEvents],
  ['main', mainEvents],
];

describe.each(said)('S12 an event of %s', (_from, events) => {
  const each = Object.entries(events) as [string, z.ZodType][];
  test.each([...each, ['another', null] as const])('%s is heard only when it fits', (name, schema) => {
    fc.assert(
      fc.property(schema === null ? fc.anything() : invalid(schema), (value) => {
        const { say, heard, onInvalid } = peer({}, events);
        say({ type: 'event', name, value });
        expect(heard).not.toHaveBeenCalled();
        expect(onInvalid).toHaveBeenCalledOnce();
      }),
      runs,
    );
    if (schema === null) return;
    fc.assert(
      fc.property(valid(schema), (value) => {
        const { say, heard, onInvalid } = peer({}, events);
        say({ type: 'event', name, value });
        expect(heard.mock.calls).toEqual([[value]]);
        expect(onInvalid).not.toHaveBeenCalled();
      }),
      runs,
    );
  });
});

/** Every object that a schema holds, the schema itself included. */
function objects(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return [schema, ...Object.values(def.shape).flatMap(objects)];
    case 'array':
      return objects(def.element);
    case 'union':
      return def.options.flatMap(objects);
    case 'nullable':
    case 'optional':
      return objects(def.innerType);
    default:
      return [];
  }
}

const all: readonly (readonly [string, z.ZodType])[] = [
  ...Object.entries(services).flatMap(([service, { queries }]) =>
    Object.entries<{ params: z.ZodType; result: z.ZodType }>(queries).flatMap(([name, { params, result }]) => [
      [`${service} ${name}, its parameters`, params] as const,
      [`${service} ${name}, its result`, result] as const,
    ]),
  ),
  ...[windowRequests, daemonRequests, mainRequests].flatMap((requests) =>
    Object.entries<{ params: z.ZodType; result: z.ZodType }>(requests).flatMap(([name, { params, result }]) => [
      [`${name}, its parameters`, params] as const,
      [`${name}, its result`, result] as const,
    ]),
  ),
  ...Object.entries({ ...daemonEvents, ...mainEvents }).map(([name, value]) => [name, value] as const),
];

// A schema that takes names it does not know would make all of the above agree with it.
test.each(all)('S12 %s: no name is taken that the contract does not know', (_name, schema) => {
  for (const each of objects(schema)) {
    fc.assert(
      fc.property(withMore(each), (value) => {
        expect((each as z.ZodType).safeParse(value).success).toBe(false);
      }),
      { numRuns: 50 },
    );
  }
});

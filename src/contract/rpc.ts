import { z } from 'zod';

export type Requests = Readonly<Record<string, { readonly params: z.ZodType; readonly result: z.ZodType }>>;
export type Events = Readonly<Record<string, z.ZodType>>;

/** Two-way channel for structured-cloneable values: Electron's ports, Node's, or a pair in a test. */
export interface Port {
  send(message: unknown): void;
  receive(listener: (message: unknown) => void): void;
}

export type Handlers<R extends Requests> = {
  readonly [N in keyof R]: (params: z.infer<R[N]['params']>) => Promise<z.infer<R[N]['result']>>;
};

export interface Peer<Remote extends Requests, Said extends Events> {
  request<N extends keyof Remote & string>(
    name: N,
    params: z.infer<Remote[N]['params']>,
  ): Promise<z.infer<Remote[N]['result']>>;
  say<N extends keyof Said & string>(name: N, value: z.infer<Said[N]>): void;
  /** Rejects everything still waiting for an answer; used when the other side is gone. */
  close(why: string): void;
}

const Envelope = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('request'), id: z.number().int(), name: z.string(), params: z.unknown() }),
  z.strictObject({ type: z.literal('answer'), id: z.number().int(), value: z.unknown() }),
  z.strictObject({ type: z.literal('refusal'), id: z.number().int(), message: z.string() }),
  z.strictObject({ type: z.literal('event'), name: z.string(), value: z.unknown() }),
]);
type Envelope = z.infer<typeof Envelope>;

/** The other side could not, or would not, answer. The message is its own. */
export class RemoteError extends Error {
  override name = 'RemoteError';
}

/**
 * Requests, answers and events over one port, each value checked against its schema on arrival. A message that fits no
 * schema is reported to `onInvalid` and dropped: the other side may be another version of this program.
 */
export function createPeer<
  Local extends Requests,
  Remote extends Requests,
  Heard extends Events,
  Said extends Events,
>(options: {
  port: Port;
  serves: Local;
  handlers: Handlers<Local>;
  asks: Remote;
  hears: Heard;
  onEvent: { readonly [N in keyof Heard]: (value: z.infer<Heard[N]>) => void };
  onInvalid: (message: string) => void;
}): Peer<Remote, Said> {
  const { port, serves, handlers, asks, hears, onEvent, onInvalid } = options;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let closed: string | null = null;

  const send = (message: Envelope) => port.send(message);

  async function serve(id: number, name: string, params: unknown): Promise<void> {
    try {
      const schema = Object.hasOwn(serves, name) ? serves[name] : undefined;
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (!schema || !handler) throw new RemoteError(`There is no request called ${JSON.stringify(name)}.`);
      const value = await handler(schema.params.parse(params) as never);
      if (closed === null) send({ type: 'answer', id, value });
    } catch (error) {
      if (closed === null)
        send({ type: 'refusal', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  port.receive((raw) => {
    const parsed = Envelope.safeParse(raw);
    if (!parsed.success) return onInvalid('A message fitted no known form.');
    const message = parsed.data;
    switch (message.type) {
      case 'request':
        void serve(message.id, message.name, message.params);
        return;
      case 'answer':
        waiting.get(message.id)?.resolve(message.value);
        return;
      case 'refusal':
        waiting.get(message.id)?.reject(new RemoteError(message.message));
        return;
      case 'event': {
        const schema = Object.hasOwn(hears, message.name) ? hears[message.name] : undefined;
        const value = schema?.safeParse(message.value);
        if (!value?.success) return onInvalid(`An event ${JSON.stringify(message.name)} fitted no known form.`);
        onEvent[message.name]?.(value.data as never);
        return;
      }
      default:
        message satisfies never;
    }
  });

  return {
    async request(name, params) {
      if (closed !== null) throw new RemoteError(closed);
      const schema = asks[name];
      if (!schema) throw new RemoteError(`There is no request called ${JSON.stringify(name)}.`);
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.set(id, { resolve, reject });
      send({ type: 'request', id, name, params });
      try {
        return schema.result.parse(await promise) as never;
      } finally {
        waiting.delete(id);
      }
    },
    say(name, value) {
      if (closed === null) send({ type: 'event', name, value });
    },
    close(why) {
      closed ??= why;
      for (const { reject } of waiting.values()) reject(new RemoteError(why));
      waiting.clear();
    },
  };
}

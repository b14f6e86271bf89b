import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../node_modules/playwright-core/types/protocol';

export type { Protocol };

/** One session of the DevTools protocol: the browser's, or a page's. */
export interface Session {
  send<M extends keyof Protocol.CommandParameters>(
    method: M,
    ...params: Record<string, never> extends Protocol.CommandParameters[M]
      ? [params?: Protocol.CommandParameters[M]]
      : [params: Protocol.CommandParameters[M]]
  ): Promise<Protocol.CommandReturnValues[M]>;
  on<E extends keyof Protocol.Events>(event: E, listener: (params: Protocol.Events[E]) => void): void;
}

export interface Connection {
  readonly browser: Session;
  session(id: string): Session;
}

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * Speaks the DevTools protocol over Chromium's pipe: messages end with a NUL. Closing the pipe ends Chromium, so it
 * does not outlive this process however this one dies.
 * https://chromedevtools.github.io/devtools-protocol/
 */
export function connect(input: Writable, output: Readable): Connection {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  const events = new EventEmitter({ captureRejections: false }).setMaxListeners(0);
  let asked = 0;
  let closed = false;
  let rest = '';

  const receive = (message: Incoming): void => {
    if (message.id === undefined) {
      events.emit(`${message.sessionId ?? ''} ${message.method}`, message.params);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) call?.reject(new Error(message.error.message));
    else call?.resolve(message.result as never);
  };
  output.setEncoding('utf8');
  output.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) receive(JSON.parse(part) as Incoming);
  });
  output.on('close', () => {
    closed = true;
    for (const call of waiting.values()) call.reject(new Error('Chromium is gone'));
    waiting.clear();
  });
  // Writing to a Chromium that has just ended is no error of its own: what was asked for is rejected on close.
  input.on('error', () => undefined);
  output.on('error', () => undefined);

  const session = (sessionId?: string): Session => ({
    send: (method, ...[params]) => {
      if (closed) return Promise.reject(new Error('Chromium is gone'));
      asked += 1;
      const id = asked;
      input.write(`${JSON.stringify({ id, method, params: params ?? {}, sessionId })}\0`);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    on: (event, listener) => {
      events.on(`${sessionId ?? ''} ${event}`, listener);
    },
  });
  return { browser: session(), session };
}

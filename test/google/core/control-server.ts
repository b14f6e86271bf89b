import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Command, type Commands, command } from './command.ts';
import type { Hold } from './faults.ts';
import { listen } from './listen.ts';

export interface ControlServer {
  readonly url: string;
  /** The bearer key every request needs. */
  readonly key: string;
  close(): Promise<void>;
}

type Control = Commands & { readonly hold: Command<(endpoint: never) => Hold> };

/**
 * The control functions over HTTP, on a port of their own: `POST /<function>` with a JSON array of arguments. A hold
 * is an id there: `hold`, then `arrived [id]` and `release [id]`; `waitForRequest` takes a pattern.
 */
export async function startControl(control: Control, port = 0): Promise<ControlServer> {
  const key = randomBytes(24).toString('base64url');
  const functions = functionsOf(control);
  const server: Server = createServer((request, response) => {
    answer(functions, key, request).then(
      (result) => send(response, 200, result ?? null),
      (error: unknown) => send(response, error instanceof Refusal ? error.status : 422, { error: messageOf(error) }),
    );
  });
  const found = await listen(server, port);
  return {
    url: `http://127.0.0.1:${found}`,
    key,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function answer(functions: Commands, key: string, request: IncomingMessage): Promise<unknown> {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${key}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Refusal(401, 'Wrong or missing key');
  if (request.method !== 'POST') throw new Refusal(405, 'Use POST with a JSON array of arguments');
  const name = (request.url ?? '').slice(1);
  const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!called) throw new Refusal(404, `No such function; there are: ${Object.keys(functions).sort().join(', ')}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return call(called, text.trim() === '' ? [] : JSON.parse(text));
}

const id = z.string().min(1);

/** The control functions, with a hold as an id. */
function functionsOf(control: Control): Commands {
  const holds = new Map<string, Hold>();
  const held = (id: string): Hold => {
    const hold = holds.get(id);
    if (!hold) throw new Refusal(404, `No hold ${id}`);
    return hold;
  };
  return {
    ...control,
    hold: command(control.hold.parameters, (...given) => {
      const id = randomBytes(6).toString('hex');
      holds.set(id, control.hold(...(given as never[] as Parameters<typeof control.hold>)));
      return { hold: id };
    }),
    arrived: command([id], (id) => held(id).arrived),
    release: command([id], (id) => held(id).release()),
  };
}

/** Calls a function with arguments that its schemas let pass. */
function call(called: Command, given: unknown): unknown {
  const list = z.array(z.unknown()).max(called.parameters.length).parse(given);
  const parsed = called.parameters.map((schema, index) => schema.parse(list[index]));
  return called(...(parsed as never[]));
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(value, null, 2)}\n`);
}

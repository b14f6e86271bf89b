import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { listen } from '../index.ts';
import type { GoogleControl } from './control.ts';
import { ENDPOINTS, type Hold } from './faults.ts';

export interface ControlServer {
  readonly url: string;
  /** The bearer key every request needs. */
  readonly key: string;
  close(): Promise<void>;
}

/**
 * The control functions over HTTP, on a port of their own: `POST /<function>` with a JSON array of arguments. A hold
 * is an id there: `hold`, then `arrived [id]` and `release [id]`; `waitForRequest` takes what the record must have.
 */
export async function startControl(control: GoogleControl, port = 0): Promise<ControlServer> {
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

type ControlFunction = (given: unknown) => unknown;

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function answer(
  functions: Record<string, ControlFunction>,
  key: string,
  request: IncomingMessage,
): Promise<unknown> {
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
  return called(text.trim() === '' ? [] : JSON.parse(text));
}

/** Each function behind a check of its arguments. */
function functionsOf(control: GoogleControl): Record<string, ControlFunction> {
  const holds = new Map<string, Hold>();
  const held = (id: string): Hold => {
    const hold = holds.get(id);
    if (!hold) throw new Refusal(404, `No hold ${id}`);
    return hold;
  };
  return {
    people: checked([], control.people),
    addPerson: checked([newPerson], (given) => control.addPerson(given as Parameters<typeof control.addPerson>[0])),
    seedCalendars: checked([text, seedSize], (sub, size) =>
      control.seedCalendars(sub, size as Parameters<typeof control.seedCalendars>[1]),
    ),
    calendars: checked([text], control.calendars),
    events: checked([text, text], control.events),
    insertEvent: checked([text, text, resource], control.insertEvent),
    updateEvent: checked([text, text, text, resource], control.updateEvent),
    deleteEvent: checked([text, text, text], control.deleteEvent),
    cancelInstance: checked([text, text, text, text], control.cancelInstance),
    insertCalendar: checked([text, resource], control.insertCalendar),
    updateCalendar: checked([text, text, resource], control.updateCalendar),
    deleteCalendar: checked([text, text], control.deleteCalendar),
    expireSyncTokens: checked([text.optional()], control.expireSyncTokens),
    expirePageTokens: checked([text.optional()], control.expirePageTokens),
    emptyPages: checked([z.union([z.boolean(), z.literal('large calendars')])], control.emptyPages),
    exceptionsFollowMaster: checked([z.boolean()], control.exceptionsFollowMaster),
    grants: checked([text.optional()], control.grants),
    revokeGrant: checked([text], control.revokeGrant),
    expireAccessTokens: checked([text.optional()], control.expireAccessTokens),
    expireRefreshTokens: checked([text, deathCause], control.expireRefreshTokens),
    setTimeLimit: checked([text, z.number().positive().nullable()], control.setTimeLimit),
    setPublishing: checked([z.enum(['production', 'testing'])], control.setPublishing),
    blockByAdmin: checked([text, z.boolean()], control.blockByAdmin),
    setInternal: checked([text.nullable()], control.setInternal),
    deleteClient: checked([z.boolean()], control.deleteClient),
    setClientSecret: checked([text], control.setClientSecret),
    withholdRefreshTokenOnce: checked([], control.withholdRefreshTokenOnce),
    removeScope: checked([text, text], control.removeScope),
    setDpop: checked([dpopMode, dpopRefusal.optional()], control.setDpop),
    requireDpopNonce: checked([z.boolean()], control.requireDpopNonce),
    rotateDpopNonces: checked([], control.rotateDpopNonces),
    settle: checked([unsettled], (ways) => control.settle(ways as Parameters<typeof control.settle>[0])),
    secretsIssued: checked([], control.secretsIssued),
    misbehave: checked([knobs], (given) => control.misbehave(given as Parameters<typeof control.misbehave>[0])),
    breakEndpoint: checked([endpoint, fault, times.optional()], (name, what, often) =>
      control.breakEndpoint(name, what as Parameters<typeof control.breakEndpoint>[1], often),
    ),
    repair: checked([endpoint.optional()], control.repair),
    hold: checked([endpoint], (name) => {
      const id = randomBytes(6).toString('hex');
      holds.set(id, control.hold(name));
      return { hold: id };
    }),
    arrived: checked([text], (id) => held(id).arrived),
    release: checked([text], (id) => held(id).release()),
    moveClock: checked([z.number()], control.moveClock),
    now: checked([], control.now),
    requests: checked([z.strictObject({ endpoint: logged.optional() }).optional()], control.requests),
    clearRequests: checked([], control.clearRequests),
    waitForRequest: checked([recordPattern], (wanted) =>
      control.waitForRequest((record) =>
        Object.entries(wanted).every(([name, value]) => value === undefined || Reflect.get(record, name) === value),
      ),
    ),
  };
}

type Outputs<S extends readonly z.ZodType[]> = { -readonly [K in keyof S]: z.output<S[K]> };

function checked<const S extends readonly z.ZodType[]>(
  schemas: S,
  call: (...given: Outputs<S>) => unknown,
): ControlFunction {
  return (given) => {
    const list = z.array(z.unknown()).max(schemas.length).parse(given);
    const parsed = schemas.map((schema, index) => schema.parse(list[index]));
    return call(...(parsed as unknown as Outputs<S>));
  };
}

const text = z.string().min(1);
const endpoint = z.enum(ENDPOINTS);
const logged = z.enum([...ENDPOINTS, 'other']);
const resource = z.record(z.string(), z.unknown());
const times = z.strictObject({ times: z.number().int().positive().optional() });
const deathCause = z.enum(['revoked', 'testing-7-days', 'idle-6-months', 'invalid_rapt', 'bad-request']);
const dpopMode = z.enum(['required-for-bound', 'off', 'reject']);
const dpopRefusal = z.enum(['invalid_dpop_proof', 'invalid_request']);
const seedSize = z.strictObject({
  calendars: z.number().int().positive().optional(),
  events: z.number().int().nonnegative().optional(),
  seed: z.number().int().optional(),
});
const newPerson = z.strictObject({
  email: z.email(),
  name: text,
  locale: text.optional(),
  hd: text.optional(),
  sub: z
    .string()
    .regex(/^\d{21}$/)
    .optional(),
  blockedByAdmin: z.boolean().optional(),
});
const unsettled = z.strictObject({
  revocationEnds: z.enum(['grant', 'token']).optional(),
  adminBlockIs: z.enum(['error', 'subtype']).optional(),
});
const knobs = z.strictObject({
  idToken: z
    .enum(['wrong-aud', 'wrong-nonce', 'wrong-iss', 'wrong-sub', 'expired', 'bad-signature', 'missing'])
    .optional(),
  callback: z.enum(['wrong-state', 'missing-state', 'wrong-iss', 'missing-iss']).optional(),
  refresh: z.enum(['new-refresh-token', 'rotated-refresh-token']).optional(),
  exchange: z.literal('withhold-refresh-token').optional(),
});
const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(300).max(599),
    reason: text.optional(),
    message: text.optional(),
    retryAfter: z.number().nonnegative().optional(),
  }),
  z.strictObject({ kind: z.literal('latency'), ms: z.number().nonnegative() }),
  z.strictObject({ kind: z.enum(['drop', 'lost-reply', 'truncate', 'html']) }),
]);
const recordPattern = z.strictObject({
  endpoint: logged.optional(),
  method: text.optional(),
  path: text.optional(),
  status: z.number().int().optional(),
});

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(value, null, 2)}\n`);
}

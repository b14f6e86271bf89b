import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { REALM } from './access.ts';
import type { Ctx, Double, Env } from './double.ts';
import type { Endpoint } from './endpoints.ts';
import { apiError, oauthError, problemFor } from './errors.ts';
import type { Fault } from './faults.ts';
import { captivePortal, errorPage } from './pages.ts';
import type { RequestRecord } from './request-log.ts';

/** What happens to every request on its way in and out: the log, holds and faults, the clock and compression. */
export function wire(double: Double): MiddlewareHandler<Env> {
  return async (c, next) => {
    const endpoint = double.endpoints.find(({ path }) => path.test(c.req.path));
    const record = await recordOf(double, c, endpoint?.name ?? 'other');
    double.log.arrived(record);
    const gone = goneSignal(c, double.closing);
    const fault = endpoint ? await double.faults.meet(endpoint.name, c.req.path, gone) : undefined;
    if (gone.aborted || fault?.kind === 'drop') return drop(c);

    const instead = fault && endpoint ? await faultAnswer(endpoint, fault) : undefined;
    if (instead) c.res = instead;
    else await next();
    if (fault?.kind === 'lost-reply') return drop(c);

    c.res.headers.set('date', new Date(double.now()).toUTCString());
    await compress(c);
    const { status } = c.res;
    if (fault?.kind === 'truncate') await truncate(c);
    double.log.answered(record, status);
    return undefined;
  };
}

async function recordOf(double: Double, c: Ctx, endpoint: string): Promise<RequestRecord> {
  const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded');
  const form = isForm ? Object.fromEntries(new URLSearchParams(await c.req.text())) : {};
  const headers = Object.fromEntries(
    LOGGED_HEADERS.flatMap((name) => {
      const value = c.req.header(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const { method, path } = c.req;
  return { endpoint, method, path, query: c.req.query(), form, status: null, headers, time: double.now() };
}

const LOGGED_HEADERS = ['authorization', 'user-agent', 'accept-encoding', 'if-none-match', 'dpop'];

/** Aborts when the client has gone, or the double closes. */
function goneSignal(c: Ctx, closing: AbortSignal): AbortSignal {
  const gone = new AbortController();
  c.env.outgoing.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, closing]);
}

function drop(c: Ctx): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

async function faultAnswer(endpoint: Endpoint, fault: Fault): Promise<Response | undefined> {
  if (fault.kind === 'html') return captivePortal();
  if (fault.kind !== 'status' && fault.kind !== 'refusal') return undefined;
  const response =
    fault.kind === 'refusal'
      ? await refusal(fault)
      : await failure(endpoint, fault.status, fault.reason, fault.message);
  if (fault.retryAfter !== undefined) response.headers.set('retry-after', String(fault.retryAfter));
  return response;
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-3 */
async function refusal({ status, body, error }: Extract<Fault, { kind: 'refusal' }>): Promise<Response> {
  const response =
    body === 'none' ? new Response(null, { status }) : await errorPage(status, 'error', 'That is all we know.');
  if (error !== undefined) response.headers.set('www-authenticate', `${REALM}, error="${error}"`);
  return response;
}

async function failure(endpoint: Endpoint, status: number, reason?: string, message?: string): Promise<Response> {
  const { name, api } = endpoint;
  if (name === 'token' || name === 'revoke') return oauthError(status, reason ?? 'internal_failure', message);
  if (name === 'authorize') return errorPage(status, reason ?? 'server_error', message ?? 'Please try again later.');
  return apiError(problemFor(api, status, reason, message));
}

/**
 * Google compresses only when `Accept-Encoding` has gzip and the user agent says gzip too.
 * @see https://developers.google.com/workspace/calendar/api/guides/performance#gzip
 */
async function compress(c: Ctx): Promise<void> {
  const accepts = c.req.header('accept-encoding')?.includes('gzip') && c.req.header('user-agent')?.includes('gzip');
  if (!accepts || !c.res.body) return;
  const { status, headers } = c.res;
  const body = await promisify(gzip)(Buffer.from(await c.res.arrayBuffer()), { level: 1 });
  replace(c, new Response(new Uint8Array(body), { status, headers }));
  c.res.headers.set('content-encoding', 'gzip');
  c.res.headers.delete('content-length');
}

/** Promises the whole body, and sends half of it. */
async function truncate(c: Ctx): Promise<void> {
  const { outgoing } = c.env;
  const body = Buffer.from(await c.res.arrayBuffer());
  const headers = { ...Object.fromEntries(c.res.headers), 'content-length': String(body.length) };
  outgoing.writeHead(c.res.status, headers);
  await new Promise<void>((sent) => outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => sent()));
  outgoing.destroy();
  replace(c, RESPONSE_ALREADY_SENT);
}

// Setting a response over another one mixes their headers, so the first is taken away.
function replace(c: Ctx, response: Response): void {
  c.res = undefined;
  c.res = response;
}

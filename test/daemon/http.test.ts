import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Observation } from '../../src/contract/observation.ts';
import { createAccess, NoAccessToken } from '../../src/daemon/google/access.ts';
import { GoogleError } from '../../src/daemon/google/google-error.ts';
import { wayToGoogle } from '../../src/daemon/google/http.ts';
import { observeNetworkError } from '../../src/daemon/google/observe.ts';
import { diagnose } from '../../src/main/auth/diagnosis.ts';
import { fakeClock } from '../fake-clock.ts';
import { morning } from './support/morning.ts';

const access = createAccess(async () => ({ token: 'secret-token', serial: 1 }));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What is observed when the server answers so. */
async function observed(listener: RequestListener): Promise<GoogleError> {
  const { get } = wayToGoogle({ fetch, apiRoot: await serve(listener), access, clock: fakeClock(morning) });
  const error = await get('/x', {}, new AbortController().signal).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(GoogleError);
  return error as GoogleError;
}

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener => {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
};

describe('a failure', () => {
  test('is named by Google’s own reason', async () => {
    const { observation } = await observed(
      answer(403, { error: { code: 403, message: 'Slow down', errors: [{ reason: 'userRateLimitExceeded' }] } }),
    );
    expect(observation).toEqual({
      kind: 'answer',
      where: 'resource-api',
      status: 403,
      error: 'userRateLimitExceeded',
      subtype: null,
      description: 'Slow down',
      retryAfterSeconds: null,
    } satisfies Observation);
  });

  test('of the newer form is named by its detail', async () => {
    const { observation } = await observed(
      answer(403, {
        error: { status: 'PERMISSION_DENIED', details: [{ '@type': 'x' }, { reason: 'SERVICE_DISABLED' }] },
      }),
    );
    expect(observation).toMatchObject({ kind: 'answer', error: 'SERVICE_DISABLED', subtype: 'SERVICE_DISABLED' });
  });

  test('is named by the first reason that is one', async () => {
    const errors = [{ domain: 'global' }, { reason: null }, { reason: 'quotaExceeded' }];
    const { observation } = await observed(answer(403, { error: { errors, status: 'PERMISSION_DENIED' } }));
    expect(observation).toMatchObject({ kind: 'answer', error: 'quotaExceeded' });
  });

  test('is read from its challenge where the body does not say it', async () => {
    const challenge =
      'Basic realm="x", Bearer realm="https://accounts.google.com/", scope="a b", error=insufficient_scope';
    const bare = await observed(answer(403, '', { 'www-authenticate': challenge }));
    expect(Observation.parse(bare.observation)).toEqual({
      kind: 'answer',
      where: 'resource-api',
      status: 403,
      error: 'insufficient_scope',
      subtype: 'insufficient_scope',
      description: null,
      retryAfterSeconds: null,
    } satisfies Observation);
    const told = { error: { status: 'PERMISSION_DENIED', message: 'Insufficient scopes.' } };
    const { observation } = await observed(answer(403, told, { 'www-authenticate': challenge }));
    expect(observation).toMatchObject({ error: 'PERMISSION_DENIED', subtype: 'insufficient_scope' });
    expect(diagnose(observation, morning).kind).toBe('needs-permission');
  });

  test.each(['Bearer realm="x"', 'Basic realm="Bearer", error="invalid_token"', 'Negotiate'])(
    'with the challenge %s and no body is not Google’s',
    async (challenge) => {
      const { observation } = await observed(answer(401, '<html>', { 'www-authenticate': challenge }));
      expect(observation).toMatchObject({ kind: 'unreadable', status: 401 });
    },
  );

  test.each<[string, RequestListener, number]>([
    ['HTML', answer(200, '<html>Welcome to the hotel</html>', { 'content-type': 'text/html' }), 200],
    ['an error in another language', answer(502, { oops: true }), 502],
    [
      'gzip that is cut off',
      (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(Buffer.alloc(9_999, 'x')).subarray(0, 30));
      },
      200,
    ],
    [
      'a redirect',
      (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/login' }).end(),
      302,
    ],
  ])('that is %s is unreadable', async (_name, listener, status) => {
    const { observation } = await observed(listener);
    expect(observation).toMatchObject({ kind: 'unreadable', status });
  });

  test('S31 is told in words that are short and in plain order, whatever answered', async () => {
    const long = `one\u202e\r\ntwo ${'x'.repeat(100_000)}`;
    const { observation } = await observed(
      answer(403, { error: { message: long, errors: [{ reason: long }], details: [{ reason: long }] } }),
    );
    const word = `one two ${'x'.repeat(191)}…`;
    const description = `one two ${'x'.repeat(291)}…`;
    expect(Observation.parse(observation)).toMatchObject({ error: word, subtype: word, description });

    const type = `text/html; ${'x'.repeat(2_000)}`;
    const other = await observed(answer(200, '<html>', { 'content-type': type }));
    expect(Observation.parse(other.observation)).toMatchObject({ contentType: `${type.slice(0, 199)}…` });
    const odd = Object.assign(new Error(), { code: long });
    expect(Observation.parse(observeNetworkError(odd))).toMatchObject({ code: 'UNKNOWN' });
  });

  test('keeps Retry-After also where the answer could not be read', async () => {
    const { retryAfterSeconds } = await observed(answer(503, '<html>', { 'retry-after': '17' }));
    expect(retryAfterSeconds).toBe(17);
  });

  test('of the network keeps the system’s code, however deep it lies', () => {
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    const both = new AggregateError([new Error('?'), Object.assign(new Error('no'), { code: 'ENETUNREACH' })]);
    const code = (error: unknown) => observeNetworkError(error);
    expect(code(new TypeError('fetch failed', { cause: reset }))).toMatchObject({ code: 'ECONNRESET' });
    expect(code(new TypeError('fetch failed', { cause: both }))).toMatchObject({ code: 'ENETUNREACH' });
    expect(code(new TypeError('fetch failed'))).toMatchObject({ code: 'UNKNOWN' });
  });
});

test('the token goes to the API root only', async () => {
  const { get } = wayToGoogle({ fetch, apiRoot: 'http://127.0.0.1:1', access, clock: fakeClock(morning) });
  const { signal } = new AbortController();
  await expect(get('0/elsewhere', {}, signal)).rejects.toThrow('away from the API root');
  await expect(get('@example.com/', {}, signal)).rejects.toThrow('away from the API root');
  expect(() => wayToGoogle({ fetch, apiRoot: 'file:///etc', access, clock: fakeClock(morning) })).toThrow(
    'http or https',
  );
});

test('a stop ends a request at once, with the reason of the stop', async () => {
  const stopping = new AbortController();
  const { get } = wayToGoogle({
    fetch,
    apiRoot: await serve(() => stopping.abort(new Error('stop'))),
    access,
    clock: fakeClock(morning),
  });
  await expect(get('/x', {}, stopping.signal)).rejects.toThrow('stop');
});

describe('access', () => {
  const { signal } = new AbortController();

  test('asks once and keeps the token until it is rejected', async () => {
    const asked: (number | null)[] = [];
    const kept = createAccess(async (rejected) => {
      asked.push(rejected);
      return { token: `t${asked.length}`, serial: asked.length };
    });
    const first = await kept.current(signal);
    await kept.current(signal);
    await kept.replace(first, signal);
    expect((await kept.current(signal)).token).toBe('t2');
    expect(asked).toEqual([null, 1]);
  });

  test('is missing when main has none, or fails', async () => {
    await expect(createAccess(async () => null).current(signal)).rejects.toThrow(NoAccessToken);
    await expect(createAccess(() => Promise.reject(new Error('gone'))).current(signal)).rejects.toThrow(NoAccessToken);
  });

  test('is not waited for when the daemon stops', async () => {
    const stopping = new AbortController();
    const waiting = createAccess(() => new Promise(() => {})).current(stopping.signal);
    stopping.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
  });
});

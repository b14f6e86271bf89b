import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { GoogleError } from '../../src/daemon/google/google-error.ts';
import { wayToGoogle } from '../../src/daemon/google/http.ts';
import { rememberNonces } from '../../src/main/auth/dpop.ts';
import { AuthFailure } from '../../src/main/auth/observe.ts';
import { realGoogle } from '../../src/main/auth/provider.ts';
import { openTokenEndpoint } from '../../src/main/auth/token-endpoint.ts';
import { fakeClock } from '../fake-clock.ts';

// A body that breaks off is a broken connection, wherever it breaks and however: nobody can say who answered.

const body = JSON.stringify({ access_token: 'ya29.x', expires_in: 3600, items: Array(2_000).fill('x') });
const json = { 'content-type': 'application/json; charset=UTF-8' };

const cuts: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'by an end before its length'(response) {
    response.writeHead(200, { ...json, 'content-length': body.length });
    response.write(body.slice(0, 500), () => response.socket?.end());
  },
  'by a reset'(response) {
    response.writeHead(200, { ...json, 'content-length': body.length });
    response.write(body.slice(0, 500), () => response.socket?.resetAndDestroy());
  },
  'inside a chunk'(response) {
    response.writeHead(200, { ...json, 'transfer-encoding': 'chunked' });
    response.write(body.slice(0, 500), () => response.socket?.end());
  },
  'inside what is compressed'(response) {
    const packed = gzipSync(body);
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' });
    response.end(packed.subarray(0, packed.length - 20));
  },
};

async function serve(cut: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => cut(response)).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each(Object.entries(cuts))('an answer of the API that is cut off %s', async (_, cut) => {
  const access = { current: async () => ({ token: 'x', serial: 1 }), replace: async () => ({ token: 'y', serial: 2 }) };
  const { get } = wayToGoogle({ fetch, apiRoot: await serve(cut), access, clock: fakeClock() });
  const error = await get('/x', {}, new AbortController().signal).catch((each: unknown) => each);
  expect(error instanceof GoogleError && error.observation).toMatchObject({ kind: 'network' });
});

test.each(Object.entries(cuts))('an answer of the token endpoint that is cut off %s', async (_, cut) => {
  const root = await serve(cut);
  const provider = { ...realGoogle, tokenEndpoint: `${root}/token` };
  const endpoint = openTokenEndpoint(fetch, provider, { id: 'id', secret: 'secret' }, Date.now, rememberNonces());
  const error = await endpoint.refresh({ refreshToken: '1//0x', key: null }).catch((each: unknown) => each);
  expect(error instanceof AuthFailure && error.observation).toMatchObject({ kind: 'network', where: 'refresh' });
});

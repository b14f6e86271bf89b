import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { calendarRoutes } from './calendar/api.ts';
import { authorizeRoutes } from './core/authorize.ts';
import { type GoogleControl, makeControl } from './core/control.ts';
import type { Double, Env } from './core/double.ts';
import { makeDpop } from './core/dpop.ts';
import { apiError } from './core/errors.ts';
import { makeFaults } from './core/faults.ts';
import { makeSigner } from './core/id-token.ts';
import { identityRoutes } from './core/identity-endpoints.ts';
import { makeRequestLog } from './core/request-log.ts';
import { loadState, makeStore } from './core/store.ts';
import { tokenRoutes } from './core/token-endpoint.ts';
import { wire } from './core/wire.ts';

export type { GoogleControl } from './core/control.ts';
export type { DpopMode, DpopRefusal } from './core/dpop.ts';
export type { Endpoint, Fault, Hold } from './core/faults.ts';
export type { Misbehaviour } from './core/misbehave.ts';
export type { RequestRecord } from './core/request-log.ts';

export interface GoogleDouble {
  /** The OIDC issuer; discovery is at /.well-known/openid-configuration. */
  readonly issuer: string;
  /** The Calendar API is at /calendar/v3. */
  readonly apiRoot: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The text of a client_secret_*.json of type "installed" that points at this double. */
  readonly clientFile: string;
  readonly control: GoogleControl;
  /** Ends all connections, and saves. */
  close(): Promise<void>;
}

export interface GoogleOptions {
  port?: number;
  /** Rows in the first person's primary calendar. */
  events?: number;
  /** Everything seeded is a pure function of this number, and of the day. */
  seed?: number;
  /** The base clock, which `moveClock` moves on from. */
  now?: () => number;
  /** Where grants, calendars and the signing key are kept between runs. */
  state?: string;
}

/** Starts the double on loopback. */
export async function startGoogle(options: GoogleOptions = {}): Promise<GoogleDouble> {
  const { port = 0, events = 50, seed = 1, now: base = Date.now } = options;
  const state = await loadState({ ...(options.state && { state: options.state }), seed, events }, base);
  const { accounts } = state;
  const store = makeStore(options.state, state);
  const closing = new AbortController();
  const double: Double = {
    state,
    issuer: '',
    now: () => base() + accounts.clockOffset,
    changed: store.changed,
    signer: await makeSigner(accounts.signingKey),
    faults: makeFaults(),
    log: makeRequestLog(),
    listings: new Map(),
    misbehaviour: {},
    unsettled: { revocationEnds: 'grant', adminBlockIs: 'error' },
    dpop: makeDpop(),
    closing: closing.signal,
  };
  const server = createAdaptorServer({ fetch: appOf(double).fetch }) as Server;
  double.issuer = `http://127.0.0.1:${await listen(server, port)}`;
  // The first save keeps the key and the seed's result even if nothing else happens.
  store.changed('accounts');
  store.changed('calendars');

  return {
    issuer: double.issuer,
    apiRoot: double.issuer,
    clientId: accounts.client.id,
    clientSecret: accounts.client.secret,
    clientFile: clientFile(double.issuer, accounts.client),
    control: makeControl(double),
    async close() {
      closing.abort();
      double.faults.releaseAll();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      store.flush();
    },
  };
}

function appOf(double: Double): Hono<Env> {
  const app = new Hono<Env>();
  app.use(wire(double));
  identityRoutes(app, double);
  authorizeRoutes(app, double);
  tokenRoutes(app, double);
  calendarRoutes(app, double);
  app.notFound(() => apiError({ status: 404, reason: 'notFound', message: 'Not Found' }));
  return app;
}

/** Listens on loopback only; the port that was found. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function clientFile(issuer: string, client: { id: string; secret: string }): string {
  const installed = {
    client_id: client.id,
    project_id: 'mooring-double',
    auth_uri: `${issuer}/o/oauth2/v2/auth`,
    token_uri: `${issuer}/token`,
    auth_provider_x509_cert_url: `${issuer}/oauth2/v3/certs`,
    client_secret: client.secret,
    redirect_uris: ['http://localhost'],
  };
  return JSON.stringify({ installed }, null, 2);
}

import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { accountControl } from './account-control.ts';
import { authorizeRoutes } from './authorize.ts';
import type { Double, Env } from './double.ts';
import { makeDpop } from './dpop.ts';
import { endpointsOf, type IdentityEndpoint } from './endpoints.ts';
import { notFound } from './errors.ts';
import { makeFaults } from './faults.ts';
import { makeSigner } from './id-token.ts';
import { identityRoutes } from './identity-endpoints.ts';
import { listen, listenAgain } from './listen.ts';
import type { Client } from './model.ts';
import type { ControlOf, EndpointOf, Parts } from './part.ts';
import { makeRequestLog } from './request-log.ts';
import { loadState } from './state.ts';
import { makeStore } from './store.ts';
import { tokenControl } from './token-control.ts';
import { tokenRoutes } from './token-endpoint.ts';
import { wire } from './wire.ts';
import { wireControl } from './wire-control.ts';

export type EndpointName<P extends Parts> = IdentityEndpoint | EndpointOf<P>;

/** All that a test can do to the double from behind: what the core has for it, and what each part has. */
export type Control<P extends Parts> = ReturnType<typeof accountControl> &
  ReturnType<typeof tokenControl> &
  ReturnType<typeof wireControl<EndpointName<P>>> &
  ControlOf<P>;

export interface RunningDouble<P extends Parts> {
  /** The OIDC issuer; discovery is at /.well-known/openid-configuration. */
  readonly issuer: string;
  /** Where it listens. */
  readonly address: string;
  /** Each API is at a path of its own. */
  readonly apiRoot: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The text of a client_secret_*.json of type "installed" that points at this double. */
  readonly clientFile: string;
  /** All that can be broken. */
  readonly endpoints: readonly EndpointName<P>[];
  readonly control: Control<P>;
  /** Ends all connections, and saves. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** Without one, the port of the last time with this state, or any that is free. */
  port?: number;
  /** The origin that it is known by, where something stands before it; without one, its own. */
  origin?: string;
  /** Everything seeded is a pure function of this number, and of the day. */
  seed?: number;
  /** The base clock, which `moveClock` moves on from. */
  now?: () => number;
  /** Where accounts, the signing key and what the parts keep are between runs. */
  state?: string;
}

/** Starts a double of these parts on loopback. */
export async function startDouble<P extends Parts>(parts: P, options: StartOptions): Promise<RunningDouble<P>> {
  const { port, seed = 1, now: base = Date.now } = options;
  const state = await loadState(options.state, parts, { ...options, seed }, base);
  const { accounts } = state;
  const store = makeStore(options.state, state);
  const closing = new AbortController();
  const double: Double<EndpointName<P>> = {
    parts,
    endpoints: endpointsOf(parts),
    state,
    issuer: '',
    now: () => base() + accounts.clockOffset,
    changed: store.changed,
    signer: await makeSigner(accounts.signingKey),
    faults: makeFaults(),
    log: makeRequestLog(),
    listings: new Map(),
    upset: { lists: null, halved: new Set(), pageSize: Number.POSITIVE_INFINITY },
    misbehaviour: {},
    unsettled: { revocationEnds: 'grant', adminBlockIs: 'error' },
    dpop: makeDpop(),
    closing: closing.signal,
  };
  const control = controlOf(parts, double);
  const server = createAdaptorServer({ fetch: appOf(double).fetch }) as Server;
  accounts.port = port === undefined ? await listenAgain(server, accounts.port ?? 0) : await listen(server, port);
  const address = `http://127.0.0.1:${accounts.port}`;
  double.issuer = options.origin ?? address;
  // The first save keeps the key and the seed's result even if nothing else happens.
  for (const what of ['accounts', ...Object.keys(parts)]) store.changed(what);

  return {
    issuer: double.issuer,
    address,
    apiRoot: double.issuer,
    clientId: accounts.client.id,
    clientSecret: accounts.client.secret,
    clientFile: clientFile(double.issuer, accounts.client),
    endpoints: double.endpoints.map(({ name }) => name as EndpointName<P>),
    control,
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
  // Some of the app goes by Google's clock, which is the double's and not this computer's.
  app.use(async (c, next) => {
    c.env.outgoing.setHeader('date', new Date(double.now()).toUTCString());
    await next();
  });
  app.use(wire(double));
  identityRoutes(app, double);
  authorizeRoutes(app, double);
  tokenRoutes(app, double);
  for (const [name, part] of Object.entries(double.parts)) part.routes(app, double, double.state.parts[name]);
  app.notFound(notFound);
  return app;
}

function controlOf<P extends Parts>(parts: P, double: Double<EndpointName<P>>): Control<P> {
  const core = { ...accountControl(double), ...tokenControl(double), ...wireControl(double) };
  const ofParts = Object.entries(parts).map(([name, part]) =>
    part.control(double, double.state.parts[name], () => double.changed(name)),
  );
  const names = [core, ...ofParts].flatMap((functions) => Object.keys(functions));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`Two control functions have the name ${twice}`);
  return Object.assign({}, core, ...ofParts) as Control<P>;
}

function clientFile(issuer: string, client: Client): string {
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

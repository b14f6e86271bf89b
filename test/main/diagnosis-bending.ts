import { vi } from 'vitest';
import { answering, type Impostor, nobody, strictProxy } from './diagnosis-servers.ts';
import type { World } from './diagnosis-world.ts';

/** What undoes a failure that the world's own mending does not know of. */
export type Undo = AsyncDisposable | (() => void) | undefined;
/** Brings a failure about. */
export type Bring = (world: World) => Promise<Undo> | Undo;

type Control = World['core']['google']['control'];
type Cause = Parameters<Control['expireRefreshTokens']>[1];

export const portal = '<!doctype html><title>Hotel</title><form action="/login">';

/** Changes something at Google. */
export const atGoogle =
  (change: (control: Control, accountId: string) => void): Bring =>
  ({ core, accountId }) => {
    change(core.google.control, accountId);
    return undefined;
  };

export const dead = (cause: Cause): Bring => atGoogle((control, sub) => control.expireRefreshTokens(sub, cause));

const broken =
  (endpoint: 'token' | 'calendarList') =>
  (status: number, reason: string, { message, retryAfter }: { message?: string; retryAfter?: number } = {}): Bring =>
    atGoogle((control) =>
      control.breakEndpoint(endpoint, {
        kind: 'status',
        status,
        reason,
        ...(message !== undefined && { message }),
        ...(retryAfter !== undefined && { retryAfter }),
      }),
    );

/** The token endpoint, or the API, answers with this error. */
export const token = broken('token');
export const api = broken('calendarList');

/** What happens on the way back from the token endpoint, or from the API. */
export const wire = (endpoint: 'token' | 'calendarList', kind: 'drop' | 'lost-reply' | 'truncate' | 'html'): Bring =>
  atGoogle((control) => control.breakEndpoint(endpoint, { kind }));

/** A proof is refused by a Google whose clock is an hour ahead. */
export const clockApart: Bring = atGoogle((control) => {
  control.moveClock(3_600_000);
  control.breakEndpoint('token', { kind: 'status', status: 400, reason: 'invalid_dpop_proof' });
});

export const nonceAsked: Bring = ({ core }) => {
  core.google.control.requireDpopNonce(true);
  return () => core.google.control.requireDpopNonce(false);
};

/** Another server stands where the endpoint should be. */
export const instead =
  (way: 'tokens' | 'api', server: () => Promise<Impostor>): Bring =>
  async ({ bent }) => {
    const impostor = await server();
    bent[way] = impostor.url;
    return impostor;
  };

/** The token endpoint, or the API, answers with exactly this; an object is JSON. */
export const tokenSays = (...answer: Parameters<typeof answering>): Bring =>
  instead('tokens', () => answering(...answer));
export const apiSays = (...answer: Parameters<typeof answering>): Bring => instead('api', () => answering(...answer));

/** The API's error, bare but for these parts. */
export const apiError = (status: number, parts: object): Bring =>
  apiSays(status, { error: { code: status, message: 'No.', ...parts } });

export const closedPort =
  (way: 'tokens' | 'api'): Bring =>
  async ({ bent }) => {
    bent[way] = await nobody();
    return undefined;
  };

/** What answers at the address does not speak TLS. */
export const withoutTls =
  (way: 'tokens' | 'api'): Bring =>
  ({ bent, core }) => {
    bent[way] = core.google.issuer.replace('http:', 'https:');
    return undefined;
  };

/** The system's proxy settings lead to a proxy that asks for a password. */
export const behindProxy: Bring = async ({ bent }) => {
  const proxy = await strictProxy();
  bent.proxy = proxy.url;
  // What is on this computer is never asked through it.
  bent.tokens = 'https://oauth2.double.test';
  return proxy;
};

/** The API takes the request and says nothing for a minute. */
export const apiSilent: Bring = ({ core }) => {
  const hold = core.google.control.hold('calendarList');
  void hold.arrived.then(() => core.clock.advance(60_000));
  return () => hold.release();
};

/** The token endpoint takes the request and says nothing; nobody waits half a minute in a test. */
export const tokenSilent: Bring = ({ core }) => {
  const limit = AbortSignal.timeout.bind(AbortSignal);
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => limit(200));
  const hold = core.google.control.hold('token');
  return () => {
    vi.restoreAllMocks();
    hold.release();
  };
};

/** Every call to the keychain fails with these words. */
export const keychainSays =
  (words: string): Bring =>
  ({ bent }) => {
    bent.keychain = words;
    return undefined;
  };

export const keychainEmptied: Bring = ({ bent }) => {
  bent.emptied = true;
  return undefined;
};

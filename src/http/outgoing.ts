import { createSecureContext, type SecureContext } from 'node:tls';
import { Agent, type Dispatcher, fetch as undiciFetch } from 'undici';
import type { Way } from '../contract/way.ts';
import { isLoopback } from './loopback.ts';
import { networkCode } from './network-code.ts';
import { ProxyError } from './proxy-error.ts';
import { nameRefusal } from './proxy-refusal.ts';
import { tunnelThrough } from './tunnel.ts';
import { direct, type FindWays } from './way.ts';

/** A request that leaves this process. A redirect is an error unless it is asked for otherwise. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** Nothing goes in the clear, but to what is on this computer. */
class PlainHttp extends Error {
  override name = 'PlainHttp';
  readonly code = 'PLAIN_HTTP';
}

/**
 * The one way out to the network. Whoever is asked has to show a certificate of one of the `authorities`, and is reached by the
 * first of the `ways` that can be gone: the next is tried only where a proxy could not be reached at all, and had been sent
 * nothing. What is on this computer is asked without any proxy.
 */
export function openWayOut(options: { authorities: () => readonly string[]; ways: FindWays }): Fetch {
  const { ways } = options;
  let secure: SecureContext | null = null;
  // Read when first needed, and once: the system's may take a while.
  const secureContext = () => {
    secure ??= createSecureContext({ ca: [...options.authorities()] });
    return secure;
  };
  const inTheClear = new Agent().compose(nameRefusal);
  const dispatchers = new Map<string, Dispatcher>();

  function dispatcherFor(way: Way): Dispatcher {
    if (way.kind === 'unusable') throw new ProxyError('PROXY_UNUSABLE');
    const name = way.kind === 'direct' ? 'direct' : way.url;
    const known = dispatchers.get(name);
    if (known !== undefined) return known;
    const made = new Agent({
      connect:
        way.kind === 'direct' ? { secureContext: secureContext() } : tunnelThrough(new URL(way.url), secureContext()),
    }).compose(nameRefusal);
    dispatchers.set(name, made);
    return made;
  }

  return async (to, init = {}) => {
    const url = new URL(to);
    const request = { redirect: 'error', ...init } as const;
    const here = isLoopback(url.href);
    if (here && url.protocol === 'http:') return send(url, request, inTheClear);
    if (url.protocol !== 'https:') throw new PlainHttp('Only https leaves this computer.');
    const [first = direct, ...others] = here ? [] : await ways(url.origin);
    let way = first;
    for (;;) {
      try {
        return await send(url, request, dispatcherFor(way));
      } catch (error) {
        const next = passes(error) ? others.shift() : undefined;
        if (next === undefined) throw error;
        way = next;
      }
    }
  };
}

/** Whether nothing was sent, so that another way may be tried. */
const passes = (error: unknown): boolean => /^PROXY_(UNREACHABLE|UNUSABLE)$/.test(networkCode(error) ?? '');

/** undici's own types and those of the platform, which Node takes from it, are of two versions. */
const send = (url: URL, init: RequestInit, dispatcher: Dispatcher): Promise<Response> =>
  undiciFetch(url, { ...init, dispatcher } as unknown as Parameters<
    typeof undiciFetch
  >[1]) as unknown as Promise<Response>;

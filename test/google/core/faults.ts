import { setTimeout as delay } from 'node:timers/promises';

/** What can be wrong with an endpoint. */
export type Fault =
  | { kind: 'status'; status: number; reason?: string; message?: string; retryAfter?: number }
  /** Refuses with a challenge in the head and nothing below it, as RFC 6750, section 3 asks of an API; or with a page of HTML. */
  | { kind: 'refusal'; status: number; body: 'none' | 'page'; error?: string; retryAfter?: number }
  /** Answers late. */
  | { kind: 'latency'; ms: number }
  /** Drops the connection before anything is done. */
  | { kind: 'drop' }
  /** Does the work, then drops the connection. */
  | { kind: 'lost-reply' }
  /** Sends the head and half of the body, then drops the connection. */
  | { kind: 'truncate' }
  /** A captive portal: an HTML page with status 200. */
  | { kind: 'html' };

export interface Hold {
  /** Settles when a request has come and waits. */
  readonly arrived: Promise<void>;
  release(): void;
}

interface HeldPlace {
  arrive(): void;
  released: Promise<void>;
}

interface Broken {
  fault: Fault;
  left: number;
  /** A part of the paths that it is for; empty for all. */
  path: string;
  repaired: AbortController;
}

export interface Faults {
  break(endpoint: string, fault: Fault, which?: { times?: number | undefined; path?: string | undefined }): void;
  repair(endpoint?: string): void;
  hold(endpoint: string): Hold;
  releaseAll(): void;
  /** Waits while the endpoint is held, then takes the fault that the request is to meet. */
  meet(endpoint: string, path: string, gone: AbortSignal): Promise<Fault | undefined>;
}

/** The faults of each endpoint, and the requests being held. */
export function makeFaults(): Faults {
  const broken = new Map<string, Broken[]>();
  const places = new Map<string, HeldPlace[]>();
  const releases = new Set<() => void>();

  function repair(endpoint?: string): void {
    for (const name of endpoint ? [endpoint] : broken.keys()) {
      for (const { repaired } of broken.get(name) ?? []) repaired.abort();
      broken.delete(name);
    }
  }

  function take(endpoint: string, path: string): Broken | undefined {
    const waiting = broken.get(endpoint) ?? [];
    const first = waiting.find((each) => path.includes(each.path));
    if (!first) return undefined;
    first.left -= 1;
    if (first.left <= 0) waiting.splice(waiting.indexOf(first), 1);
    return first;
  }

  return {
    /** Faults with a number of times queue up; one without is replaced by the next. */
    break(endpoint, fault, { times = Number.POSITIVE_INFINITY, path = '' } = {}) {
      const added: Broken = { fault, left: times, path, repaired: new AbortController() };
      const counted = (broken.get(endpoint) ?? []).filter((present) => Number.isFinite(present.left));
      broken.set(endpoint, [...counted, added]);
    },
    repair,
    hold(endpoint) {
      const arrived = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      const place = { arrive: arrived.resolve, released: released.promise };
      places.set(endpoint, [...(places.get(endpoint) ?? []), place]);
      releases.add(released.resolve);
      const release = () => {
        releases.delete(released.resolve);
        places.set(
          endpoint,
          (places.get(endpoint) ?? []).filter((other) => other !== place),
        );
        released.resolve();
      };
      return { arrived: arrived.promise, release };
    },
    releaseAll() {
      for (const release of releases) release();
      releases.clear();
      places.clear();
      repair();
    },
    async meet(endpoint, path, gone) {
      const place = places.get(endpoint)?.shift();
      if (place) {
        place.arrive();
        await Promise.race([place.released, aborted(gone)]);
      }
      const met = take(endpoint, path);
      if (met?.fault.kind === 'latency') {
        const signal = AbortSignal.any([gone, met.repaired.signal]);
        await delay(met.fault.ms, undefined, { signal, ref: false }).catch(() => undefined);
      }
      return met?.fault;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

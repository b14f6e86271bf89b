import type { GoogleGet } from './http.ts';

/** Requests that one account may have under way at Google: more would bring its rate limits nearer and nothing sooner. */
const most = 3;

/** Lets at most {@link most} requests run at a time, whoever makes them; the others wait for their turn, in order. */
export function limitInFlight(): (get: GoogleGet) => GoogleGet {
  let underWay = 0;
  const waiting: (() => void)[] = [];

  function leave(): void {
    const next = waiting.shift();
    // The place goes from one to the other.
    if (next) next();
    else underWay -= 1;
  }

  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (underWay < most) {
      underWay += 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    const giveUp = () => {
      waiting.splice(waiting.indexOf(turn.resolve), 1);
      turn.reject(signal.reason);
    };
    waiting.push(turn.resolve);
    signal.addEventListener('abort', giveUp, { once: true });
    await turn.promise.finally(() => signal.removeEventListener('abort', giveUp));
  }

  return (get) => async (path, query, signal) => {
    await enter(signal);
    try {
      return await get(path, query, signal);
    } finally {
      leave();
    }
  };
}

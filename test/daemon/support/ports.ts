import type { Port } from '../../../src/contract/rpc.ts';

/** Two ends of one channel that carries copies, as a process boundary does. */
export function portPair(): [Port, Port] {
  const ends = [newEnd(), newEnd()] as const;
  const port = (own: 0 | 1): Port => ({
    send: (message) => {
      const copy = structuredClone(message);
      setImmediate(() => ends[own === 0 ? 1 : 0].deliver(copy));
    },
    receive: (listener) => ends[own].listen(listener),
  });
  return [port(0), port(1)];
}

function newEnd() {
  const waiting: unknown[] = [];
  let listener: ((message: unknown) => void) | null = null;
  return {
    deliver: (message: unknown) => (listener ? listener(message) : void waiting.push(message)),
    listen: (given: (message: unknown) => void) => {
      listener = given;
      for (const message of waiting.splice(0)) given(message);
    },
  };
}

import type { MooringBridge, Reply } from '../../contract/window.ts';

declare global {
  interface Window {
    readonly mooring: MooringBridge;
  }
}

/** Waits for a request and turns the one thing that is not a reply, a rejection, into one. */
export async function answer<T>(request: Promise<Reply<T>>): Promise<Reply<T>> {
  try {
    return await request;
  } catch {
    return {
      ok: false,
      problem: { code: 'no-answer', sentence: 'Mooring did not answer. Nothing was lost; please try again.' },
    };
  }
}

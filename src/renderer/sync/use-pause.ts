import { useSyncExternalStore } from 'react';
import { isPaused } from './pause-words.ts';

/** Until when syncing is paused; null while it is not, and from the moment the pause is over. */
export function usePause(pausedUntil: number | null): number | null {
  // Looked at every second, drawn again only when the pause begins or ends.
  return useSyncExternalStore(everySecond, () => isPaused(pausedUntil, Date.now())) ? pausedUntil : null;
}

function everySecond(look: () => void): () => void {
  const timer = setInterval(look, 1_000);
  return () => clearInterval(timer);
}

import type { Attention, Cause } from './attention.ts';

/** Keys of causes: `told` outlives the program, `shown` are the notifications on the screen. */
export interface Calls {
  readonly told: readonly string[];
  readonly shown: readonly string[];
}

export interface CallStep {
  readonly calls: Calls;
  readonly show: readonly Cause[];
  /** Keys of notifications to take back. */
  readonly withdraw: readonly string[];
}

/**
 * Decides when to call a person by notification: once a cause, again only after it was settled in between, never while
 * the window is looked at (what it shows is told by that), and not at all when the person wants none.
 */
export function decideCalls(
  { told, shown }: Calls,
  { needed, unclear }: Attention,
  { watched, silenced }: { watched: boolean; silenced: boolean },
): CallStep {
  const possible = [...needed.map(({ key }) => key), ...unclear];
  const stillTold = told.filter((key) => possible.includes(key));
  const fresh = needed.filter(({ key }) => !stillTold.includes(key));
  const show = watched || silenced ? [] : fresh;
  const withdraw = shown.filter((key) => watched || silenced || !possible.includes(key));
  return {
    show,
    withdraw,
    calls: {
      told: [...stillTold, ...(watched ? fresh : show).map(({ key }) => key)],
      shown: [...shown.filter((key) => !withdraw.includes(key)), ...show.map(({ key }) => key)],
    },
  };
}

import type { AccountView } from './state.ts';
import type { SyncFailure } from './sync.ts';

/** How the services of an account stand together, for where there is room for one line. */
export interface WholeSync {
  readonly running: boolean;
  /** When the one that lags furthest behind last went through; null while one never has. */
  readonly lastSuccessAt: number | null;
  readonly nextAt: number | null;
  /** What went wrong on this computer; what Google refused is in the connection and in each service's standing. */
  readonly trouble: Extract<SyncFailure, { kind: 'storage' | 'internal' }> | null;
}

/** Of what is copied: services that are off, or may not be copied, hold up no others. */
export function wholeSync(services: AccountView['services']): WholeSync {
  const copied = Object.values(services).flatMap(({ standing, sync }) => {
    return standing.kind === 'off' || standing.kind === 'needs-permission' ? [] : [sync];
  });
  const successes = copied.map(({ lastSuccessAt }) => lastSuccessAt);
  const known = successes.filter((at) => at !== null);
  const planned = copied.flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
  return {
    running: copied.some(({ running }) => running),
    lastSuccessAt: known.length === 0 || known.length < successes.length ? null : Math.min(...known),
    nextAt: planned.length === 0 ? null : Math.min(...planned),
    trouble: copied.map(troubleIn).find((trouble) => trouble !== null) ?? null,
  };
}

const troubleIn = ({ failure }: { failure: SyncFailure | null }): WholeSync['trouble'] =>
  failure?.kind === 'storage' || failure?.kind === 'internal' ? failure : null;

import type { SyncStatus } from '../../contract/sync.ts';

/**
 * What stands where no entry is. "Nothing" is said only where everything has been copied; until then the count of the
 * running sync says how far it has come.
 */
export function emptyWords(syncs: readonly Pick<SyncStatus, 'lastSuccessAt' | 'running'>[]): string {
  const unfinished = syncs.filter(({ lastSuccessAt }) => lastSuccessAt === null);
  if (syncs.length > 0 && unfinished.length === 0) return 'Nothing planned';
  if (unfinished.length < syncs.length) return 'No entry in what is copied so far';
  return unfinished.some(({ running }) => running)
    ? 'Being copied for the first time. Entries appear here as they arrive.'
    : 'Not copied yet';
}

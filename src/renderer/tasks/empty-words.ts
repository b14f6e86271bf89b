import type { SyncStatus } from '../../contract/sync.ts';

/** What stands where no task is; "nothing" is said only where everything has been copied. */
export function emptyWords(syncs: readonly Pick<SyncStatus, 'lastSuccessAt' | 'running'>[], done: boolean): string {
  if (syncs.length > 0 && syncs.every(({ lastSuccessAt }) => lastSuccessAt !== null)) {
    return done ? 'Nothing is done here yet' : 'Nothing to do here';
  }
  return syncs.some(({ running }) => running)
    ? 'Being copied for the first time. Tasks appear here as they arrive.'
    : 'Not copied yet';
}

import type { AccountView } from '../../contract/state.ts';
import type { SyncFailure } from '../../contract/sync.ts';

/** True for what concerns the one file that holds every account's copy. */
export const concernsFile = (failure: SyncFailure | null): boolean => failure?.kind === 'storage' && failure.rebuild;

/** What is wrong with that file, said once for all accounts; null while nothing is. */
export const fileTrouble = (accounts: readonly AccountView[]): SyncFailure | null =>
  accounts.find(({ sync }) => concernsFile(sync.failure))?.sync.failure ?? null;

import type { AccountView } from '../../contract/state.ts';
import type { SyncFailure } from '../../contract/sync.ts';
import { wholeSync } from '../../contract/whole-sync.ts';

/** True for what concerns the one file that holds every account's copy. */
export const concernsFile = (failure: SyncFailure | null): boolean => failure?.kind === 'storage' && failure.rebuild;

/** What is wrong with that file, said once for all accounts; null while nothing is. */
export const fileTrouble = (accounts: readonly AccountView[]): SyncFailure | null =>
  accounts.map(({ services }) => wholeSync(services).trouble).find((trouble) => concernsFile(trouble)) ?? null;

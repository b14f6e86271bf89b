import type { StuckList, SyncProgress } from '../../contract/sync.ts';
import type { WayToGoogle } from '../google/http.ts';
import { describeFailure, failureOf, isOfAccount } from './failure.ts';
import type { PassContext } from './pass.ts';
import type { Patience } from './patience.ts';
import type { Mirror } from './service.ts';

export interface RunContext extends Omit<PassContext, 'onPage'> {
  readonly way: WayToGoogle;
  readonly patience: Patience;
  readonly onProgress: (progress: SyncProgress) => void;
  /** Called after each commit. */
  readonly onCommit: () => void;
}

/** So many lists in a row fail where it is not the lists that are at fault. */
const enoughFailures = 3;

/**
 * Brings what a service mirrors of one account up to date, list by list. A list that fails by itself is noted and left; the
 * others go on. Where none goes through, it is not the lists, and what the first one met is what ended the sync.
 * @throws {GoogleError} {@link NoAccessToken} {@link StorageError} or the signal's reason. What was committed stays.
 */
export async function runService(mirror: Mirror, context: RunContext): Promise<void> {
  const { accountId, way, clock, log, signal, patience, onProgress, onCommit } = context;
  const listed = new Set<string>();
  const failed = new Map<string, { readonly stuck: StuckList; readonly error: unknown }>();
  let done = 0;
  let items = 0;
  let wentThrough = false;

  for (const list of mirror.lists({ ...way, accountId, clock, log })) {
    const { key, name } = list;
    listed.add(key);
    const total = name === null ? null : mirror.listCount(accountId);
    const report = (full: boolean) => onProgress({ list: name, done, total, items, full });
    if (patience.mayTry(key)) {
      try {
        const end = await list.run({
          ...context,
          onPage(received, full) {
            if (name !== null) items += received;
            report(full);
            onCommit();
          },
        });
        patience.succeeded(key);
        wentThrough ||= name !== null && end === 'read';
      } catch (error) {
        signal.throwIfAborted();
        const failure = failureOf(error);
        if (failure.kind === 'observed' && list.skips(failure.observation)) {
          log('list-gone');
          continue;
        }
        failed.set(key, { stuck: { list: name, failure }, error });
        if (isOfAccount(failure) || (!wentThrough && failed.size >= enoughFailures)) throw error;
        log('list-failed', describeFailure(failure, error));
      }
    }
    if (name !== null) done += 1;
  }
  const [first] = failed.values();
  if (first !== undefined && !wentThrough) throw first.error;
  for (const [key, { stuck }] of failed) patience.failed(key, stuck);
  // What is no longer listed stands still no longer.
  patience.keep(listed);
}

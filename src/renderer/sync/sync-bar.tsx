import type { SyncProgress } from '../../contract/sync.ts';
import type { ServiceWords } from '../common/faces.ts';
import { useLasting } from '../common/use-lasting.ts';
import { progressWords } from './sync-words.ts';

/** How far a sync has come, in the place of its plans. Most take less than a second and need no bar. */
export function SyncBar({ progress, words }: { progress: SyncProgress; words: ServiceWords }) {
  const long = useLasting(true, 1_000);
  if (!(progress.full || long)) return null;
  const { done, total } = progress;
  const { soFar, where } = progressWords(undefined, progress, words);
  return (
    <div className="sync-bar">
      <progress
        aria-label="Sync progress"
        // Without a value the bar says "under way" and no more: the lists have yet to be counted.
        {...(total !== null && total > 0 && { value: done, max: total })}
      />
      <p>{soFar}</p>
      {/* A long name is cut off: the height must not depend on it. */}
      <p title={where}>{where}</p>
    </div>
  );
}

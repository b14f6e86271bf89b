import type { SyncStatus } from '../../contract/sync.ts';
import { useLasting } from '../common/use-lasting.ts';
import { progressWords } from './sync-words.ts';

/** How far a sync has come, in the place of its plans. Most take less than a second and need no bar. */
export function SyncBar({ sync: { running, progress } }: { sync: SyncStatus }) {
  const long = useLasting(running, 1_000);
  if (!running || !progress || !(progress.full || long)) return null;
  const { done, total } = progress;
  const { soFar, where } = progressWords(undefined, progress);
  return (
    <div className="sync-bar">
      <progress
        aria-label="Sync progress"
        // Without a value the bar says "under way" and no more: the calendars have yet to be counted.
        {...(total !== null && total > 0 && { value: done, max: total })}
      />
      <p>{soFar}</p>
      {/* A long name is cut off: the height must not depend on it. */}
      <p title={where}>{where}</p>
    </div>
  );
}

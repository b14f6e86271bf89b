import type { DaemonHealth } from '../../contract/state.ts';
import type { SyncStatus } from '../../contract/sync.ts';
import { useRequest } from '../hooks/use-request.ts';
import { ago, until } from '../words/relative-time.ts';
import { countsWords } from '../words/sync-words.ts';
import { Moment } from './moment.tsx';
import { Notice } from './notice.tsx';
import { SyncBar } from './sync-bar.tsx';

/** What the copy holds, how fresh it is, and when it is looked after next. */
export function SyncCard({ sync, daemon }: { sync: SyncStatus; daemon: DaemonHealth }) {
  const now = useRequest(window.mooring.syncNow);
  const { running, counts, lastSuccessAt, nextAt, failure } = sync;
  return (
    <section className="card" aria-labelledby="copy-title">
      <div>
        <h2 id="copy-title">Copy on this computer</h2>
        <p data-testid="counts">{countsWords(undefined, counts)}</p>
      </div>
      <dl className="facts">
        <dt>Last sync</dt>
        <dd data-testid="last-sync" data-at={lastSuccessAt ?? undefined}>
          {lastSuccessAt === null ? 'not yet' : <Moment at={lastSuccessAt} words={ago} />}
        </dd>
        <dt>Next sync</dt>
        <dd data-testid="next-sync">
          <Next running={running} at={nextAt} />
        </dd>
      </dl>
      <SyncBar sync={sync} />
      {daemon === 'restarting' && (
        <p className="notice" role="status">
          The part of Mooring that syncs has stopped and is being started again. Nothing is lost.
        </p>
      )}
      {/* Any other failure is a matter of the connection, and said there. */}
      {failure?.kind === 'storage' && <Notice problem={failure} />}
      <button type="button" disabled={running} onClick={() => void now.run()}>
        Sync now
      </button>
      <Notice problem={now.problem} />
    </section>
  );
}

function Next({ running, at }: { running: boolean; at: number | null }) {
  if (running) return 'running now';
  if (at === null) return 'not planned';
  return <Moment at={at} words={until} />;
}

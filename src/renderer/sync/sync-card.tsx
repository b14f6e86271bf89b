import type { AccountView, DaemonHealth } from '../../contract/state.ts';
import { wholeSync } from '../../contract/whole-sync.ts';
import { useFaces } from '../common/faces.ts';
import { Moment } from '../common/moment.tsx';
import { Notice } from '../common/notice.tsx';
import { labelOf } from '../common/region-label.ts';
import { ago, until } from '../common/relative-time.ts';
import { useRequest } from '../common/use-request.ts';
import { ServiceList } from '../service/service-list.tsx';
import { Restarting } from './restarting.tsx';
import { concernsFile } from './storage-trouble.ts';
import { SyncBar } from './sync-bar.tsx';
import { SyncTrouble } from './sync-trouble.tsx';
import { copyTitle, type NextSync, nextSync } from './sync-words.ts';

interface Props {
  readonly view: AccountView;
  readonly daemon: DaemonHealth;
  readonly paused: boolean;
  /** Whose copy it is, where there is more than one: it is then a part of that account's card. */
  readonly of: string | null;
}

/** What the copy holds, how fresh it is, and when it is looked after next. */
export function SyncCard({ view, daemon, paused, of }: Props) {
  const now = useRequest(window.mooring.syncNow);
  const faces = useFaces();
  const sync = wholeSync(view.services);
  const { running, lastSuccessAt, trouble } = sync;
  const alone = of === null;
  const [reading] = Object.entries(faces).flatMap(([name, { words }]) => {
    const progress = view.services[name]?.sync.progress ?? null;
    return progress === null ? [] : [{ name, progress, words }];
  });
  return (
    <section className={alone ? 'card' : 'card-part copy'} aria-label={labelOf(alone ? copyTitle : 'Copy', of)}>
      <div>
        {alone && <h2>{copyTitle}</h2>}
        <ServiceList view={view} of={of} />
      </div>
      <div className="sync-state">
        <dl className="facts">
          <dt>Last sync</dt>
          <dd data-testid="last-sync" data-at={lastSuccessAt ?? undefined}>
            {lastSuccessAt === null ? 'not yet' : <Moment at={lastSuccessAt} words={ago} />}
          </dd>
          <dt>Next sync</dt>
          <dd data-testid="next-sync">
            <Next next={nextSync(sync, paused, view.connection.kind)} />
          </dd>
        </dl>
        {reading && <SyncBar key={reading.name} progress={reading.progress} words={reading.words} />}
      </div>
      {alone && <Restarting daemon={daemon} />}
      {/* There is one file for all accounts: where there are more, what is wrong with it is said above them. */}
      {(alone || !concernsFile(trouble)) && <SyncTrouble failure={trouble} />}
      <button type="button" disabled={running} onClick={() => void now.run({ accountId: view.account.id })}>
        Sync now
      </button>
      <Notice problem={now.problem} />
    </section>
  );
}

function Next({ next }: { next: NextSync }) {
  return next.at === null ? next.words : <Moment at={next.at} words={until} />;
}

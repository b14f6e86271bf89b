import { useRef } from 'react';
import type { PauseLength, Reply } from '../../contract/window.ts';
import { Notice } from '../common/notice.tsx';
import { TitledSection } from '../common/titled-section.tsx';
import { useRequest } from '../common/use-request.ts';
import { PauseEnd } from '../sync/pause-end.tsx';

interface Props {
  readonly pausedUntil: number | null;
  readonly onBattery: boolean;
}

/** Whether Mooring syncs by itself just now, and a rest from it. */
export function Syncing({ pausedUntil, onBattery }: Props) {
  const { run, pending, problem } = useRequest((request: () => Promise<Reply<null>>) => request());
  const line = useRef<HTMLParagraphElement>(null);

  async function press(request: () => Promise<Reply<null>>) {
    // The button that was pressed gives way to another; what it brought about is said in this line.
    if (!pending && (await run(request)).ok) line.current?.focus();
  }

  const pause = (length: PauseLength) => () => void press(() => window.mooring.pause({ length }));

  return (
    <TitledSection title="Syncing">
      <p ref={line} className="pause-line" role="status" tabIndex={-1}>
        {pausedUntil === null ? (
          'Mooring syncs by itself.'
        ) : (
          <>
            Paused until <PauseEnd at={pausedUntil} />
          </>
        )}
      </p>
      <div className="buttons">
        {pausedUntil === null ? (
          <>
            <button key="hour" type="button" aria-disabled={pending} onClick={pause('hour')}>
              Pause for 1 hour
            </button>
            <button key="tomorrow" type="button" aria-disabled={pending} onClick={pause('tomorrow')}>
              Pause until tomorrow morning
            </button>
          </>
        ) : (
          <button
            key="resume"
            type="button"
            aria-disabled={pending}
            onClick={() => void press(() => window.mooring.unpause())}
          >
            Resume now
          </button>
        )}
      </div>
      <p className="quiet">While syncing is paused your copy stays as it is. “Sync now” works all the same.</p>
      {onBattery && (
        <p className="quiet">
          This computer runs on its battery: until it is plugged in, syncs in the background are rarer.
        </p>
      )}
      <Notice problem={problem} />
    </TitledSection>
  );
}

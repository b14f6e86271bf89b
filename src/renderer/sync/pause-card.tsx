import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';
import { PauseEnd } from './pause-end.tsx';

interface Props {
  readonly until: number;
  /** The card is about to go, and the button with it. */
  readonly onResumed: () => void;
}

/** Says that nothing is synced because somebody wanted it so, lest it be taken for a fault. */
export function PauseCard({ until, onResumed }: Props) {
  const resume = useRequest(window.mooring.unpause);

  async function press() {
    if (!resume.pending && (await resume.run()).ok) onResumed();
  }

  return (
    <section className="card pause" aria-label="Pause">
      <p role="status">
        Syncing is paused until <PauseEnd at={until} />
      </p>
      <button type="button" aria-disabled={resume.pending} onClick={() => void press()}>
        Resume
      </button>
      <Notice problem={resume.problem} />
    </section>
  );
}

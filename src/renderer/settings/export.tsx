import { useRef } from 'react';
import type { ExportsView } from '../../contract/export.ts';
import type { AccountView } from '../../contract/state.ts';
import type { Reply } from '../../contract/window.ts';
import { Moment } from '../common/moment.tsx';
import { Notice } from '../common/notice.tsx';
import { ago, until } from '../common/relative-time.ts';
import { TitledSection } from '../common/titled-section.tsx';
import { useRequest } from '../common/use-request.ts';
import { ExportChoices } from './export-choice.tsx';
import { outcomeWords, progressWords } from './export-words.ts';
import { useSaving } from './use-saving.ts';

interface Props {
  readonly exports: ExportsView;
  readonly accounts: readonly AccountView[];
}

/** Files of all that is copied, for other programs: where to, what, how often, and how the last one went. */
export function Export({ exports, accounts }: Props) {
  const { pending, problem, said, change } = useSaving();
  const act = useRequest((request: () => Promise<Reply<null>>) => request());
  const line = useRef<HTMLDivElement>(null);
  const { folder, running, nextAt } = exports;

  async function press(request: () => Promise<Reply<null>>) {
    // The button that was pressed gives way to another; what it brought about is said in this line.
    if (!act.pending && (await act.run(request)).ok) line.current?.focus();
  }

  return (
    <TitledSection title="Export" said={said}>
      <p>
        Mooring writes all that it has copied into files that other programs read, such as iCalendar and vCards, and
        beside them everything as Google sent it. Whoever can open the folder can read them.
      </p>
      <p>
        {folder === null ? (
          'No folder is chosen yet.'
        ) : (
          <>
            Into <bdi className="export-folder">{folder}</bdi>
          </>
        )}
      </p>
      <div className="buttons">
        <button
          type="button"
          aria-disabled={pending}
          onClick={() => void change(() => window.mooring.pickExportFolder())}
        >
          {folder === null ? 'Choose folder…' : 'Change folder…'}
        </button>
      </div>
      <ExportChoices
        exports={exports}
        accounts={accounts}
        pending={pending}
        onChange={(chosen) => void change(() => window.mooring.changeExports(chosen))}
      />
      <div ref={line} className="export-line" tabIndex={-1}>
        {running === null ? (
          <Last exports={exports} />
        ) : (
          <>
            <progress
              aria-label="Export progress"
              {...(running.total > 0 && { value: running.done, max: running.total })}
            />
            <p>{progressWords(undefined, running)}</p>
          </>
        )}
        {running === null && nextAt !== null && (
          <p className="quiet">
            The next export by itself is due <Moment at={nextAt} words={until} />.
          </p>
        )}
      </div>
      <div className="buttons">
        {running === null ? (
          <button
            key="begin"
            type="button"
            aria-disabled={act.pending}
            onClick={() => void press(() => window.mooring.exportNow())}
          >
            Export now
          </button>
        ) : (
          <button
            key="cancel"
            type="button"
            aria-disabled={act.pending}
            onClick={() => void press(() => window.mooring.cancelExport())}
          >
            Cancel export
          </button>
        )}
      </div>
      <Notice problem={problem ?? act.problem} />
    </TitledSection>
  );
}

/** How the last export ended. */
function Last({ exports: { last } }: { exports: ExportsView }) {
  if (last === null) return <p role="status">Nothing has been exported yet.</p>;
  const { at, outcome } = last;
  return (
    <p role="status" data-code={outcome.kind === 'failed' ? outcome.problem.code : outcome.kind}>
      Last export, <Moment at={at} words={ago} />: {outcomeWords(undefined, outcome)}
    </p>
  );
}

import type { Update } from '../../contract/state.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';
import { updateWords } from './update-words.ts';

/** That there is a newer Mooring, and the way to it where that is Mooring's own matter. */
export function UpdateNotice({ update }: { update: Update }) {
  const install = useRequest(window.mooring.installUpdate);
  return (
    <section className="update" aria-label="Update">
      <p role="status">{updateWords(update)}</p>
      {update.kind === 'ready' && (
        // Not `disabled`, which would take the focus from who has just pressed it.
        <button
          type="button"
          aria-disabled={install.pending}
          onClick={() => {
            if (!install.pending) void install.run();
          }}
        >
          Restart
        </button>
      )}
      <Notice problem={install.problem} />
    </section>
  );
}

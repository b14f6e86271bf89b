import type { Update } from '../../contract/state.ts';
import { useRequest } from '../hooks/use-request.ts';
import { updateWords } from '../words/update-words.ts';
import { Notice } from './notice.tsx';

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

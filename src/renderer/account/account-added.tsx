import type { AppState } from '../../contract/state.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';

/** Names the account that the last sign-in added: whoever began it sees whether it is theirs, and can take it back. */
export function AccountAdded({ state: { accounts, addedId } }: { state: AppState }) {
  const undo = useRequest(window.mooring.disconnect);
  const keep = useRequest(window.mooring.keepAdded);
  const added = accounts.find(({ account }) => account.id === addedId)?.account;
  if (!added) return null;
  return (
    <section className="card" aria-label="Account added" data-tone="good">
      <p role="status">
        Mooring now keeps a copy of {added.email || added.name}. If that is not your account, take it back: its access
        ends, and what was copied is erased.
      </p>
      <div className="buttons">
        <button type="button" onClick={() => void keep.run()}>
          It is mine
        </button>
        <button type="button" onClick={() => void undo.run({ accountId: added.id, erase: true })}>
          Undo
        </button>
      </div>
      <Notice problem={undo.problem ?? keep.problem} />
    </section>
  );
}

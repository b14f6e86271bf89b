import { type FormEvent, useId, useRef } from 'react';
import type { Account } from '../../contract/account.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';

/** The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Disconnect({ account: { id, email } }: { account: Account }) {
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const disconnect = useRequest(window.mooring.disconnect);

  const open = () => {
    form.current?.reset();
    disconnect.forget();
    dialog.current?.showModal();
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const erase = new FormData(event.currentTarget).get('copy') === 'erase';
    if ((await disconnect.run({ accountId: id, erase })).ok) dialog.current?.close();
  };

  return (
    <>
      <button type="button" className="plain" onClick={open}>
        Disconnect…
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={title}
        // Once begun it cannot be called back, and closing would look as if it had been.
        onCancel={(event) => disconnect.pending && event.preventDefault()}
      >
        <form ref={form} onSubmit={submit}>
          <h2 id={title}>Disconnect {email}?</h2>
          <p>
            Mooring gives its access back to Google and forgets your sign-in on this computer. Google may end the access
            of Mooring on your other computers too; there you would sign in again.
          </p>
          <fieldset disabled={disconnect.pending}>
            <legend>The copy on this computer</legend>
            <label className="option">
              <input type="radio" name="copy" value="keep" defaultChecked />
              <span>
                Keep the copy on this computer
                <small>It is there again when you sign in with this account.</small>
              </span>
            </label>
            <label className="option">
              <input type="radio" name="copy" value="erase" />
              <span>
                Erase it
                <small>Nothing changes at Google.</small>
              </span>
            </label>
          </fieldset>
          <Notice problem={disconnect.problem} />
          <div className="buttons">
            <button type="button" disabled={disconnect.pending} onClick={() => dialog.current?.close()}>
              Cancel
            </button>
            <button type="submit" className="danger" disabled={disconnect.pending}>
              Disconnect
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}

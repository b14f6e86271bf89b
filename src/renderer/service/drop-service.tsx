import { type FormEvent, useId, useRef } from 'react';
import type { Account } from '../../contract/account.ts';
import type { ServiceContract } from '../../contract/service.ts';
import type { ServiceView } from '../../contract/standing.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';

interface Props {
  readonly name: string;
  readonly contract: ServiceContract;
  readonly view: ServiceView;
  readonly account: Account;
}

/** Has a service copied no longer, and asks whether its copy goes; of one that is off already, the copy alone. */
export function DropService({ name, contract, view: { standing }, account }: Props) {
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const drop = useRequest(window.mooring.dropService);
  const off = standing.kind === 'off';

  const open = () => {
    form.current?.reset();
    drop.forget();
    dialog.current?.showModal();
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const erase = off || new FormData(event.currentTarget).get('copy') === 'erase';
    if ((await drop.run({ accountId: account.id, service: name, erase })).ok) dialog.current?.close();
  };

  return (
    <>
      <button
        type="button"
        className="plain"
        aria-label={off ? `Erase the copy: ${contract.name}` : `Turn off ${contract.name}`}
        onClick={open}
      >
        {off ? 'Erase copy…' : 'Turn off…'}
      </button>
      <dialog ref={dialog} aria-labelledby={title} onCancel={(event) => drop.pending && event.preventDefault()}>
        <form ref={form} onSubmit={submit}>
          <h2 id={title}>
            {off ? `Erase the copy of ${contract.things}?` : `Turn off ${contract.name} of ${account.email}?`}
          </h2>
          {off ? (
            <p>What was copied to this computer goes. Nothing changes at Google.</p>
          ) : (
            <>
              <p>
                Mooring stops copying {contract.things} at once; everything else goes on. Nothing changes at Google.
              </p>
              <fieldset disabled={drop.pending}>
                <legend>The copy of {contract.things}</legend>
                <label className="option">
                  <input type="radio" name="copy" value="keep" defaultChecked />
                  <span>
                    Keep the copy on this computer
                    <small>It stays as it is, and can be read as before.</small>
                  </span>
                </label>
                <label className="option">
                  <input type="radio" name="copy" value="erase" />
                  <span>
                    Erase it
                    <small>It is copied anew when you turn {contract.name} on again.</small>
                  </span>
                </label>
              </fieldset>
            </>
          )}
          <Notice problem={drop.problem} />
          <div className="buttons">
            <button type="button" disabled={drop.pending} onClick={() => dialog.current?.close()}>
              Cancel
            </button>
            <button type="submit" className="danger" disabled={drop.pending}>
              {off ? 'Erase' : 'Turn off'}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}

import { useId, useRef, useState } from 'react';
import { firstService } from '../../contract/services.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';
import { ServiceChoice } from '../service/service-choice.tsx';
import { GoogleButton } from '../sign-in/google-button.tsx';

/** Asks what to copy of one more account, and begins to sign it in. */
export function AddAccount({ disabled }: { disabled: boolean }) {
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const signIn = useRequest(window.mooring.signIn);
  const [services, choose] = useState<string[]>([firstService]);

  const open = () => {
    choose([firstService]);
    signIn.forget();
    dialog.current?.showModal();
  };
  const begin = async () => {
    if ((await signIn.run({ hint: null, services })).ok) dialog.current?.close();
  };

  return (
    <>
      <button type="button" className="plain" disabled={disabled} onClick={open}>
        Add account
      </button>
      <dialog ref={dialog} aria-labelledby={title}>
        <div className="dialog-body">
          <h2 id={title}>Add an account</h2>
          <ServiceChoice chosen={services} onChoose={choose} />
          <Notice problem={signIn.problem} />
          <div className="buttons">
            <GoogleButton onClick={() => void begin()} />
            <button type="button" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}

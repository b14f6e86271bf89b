import type { SignIn } from '../../contract/state.ts';
import { CopyButton } from '../common/copy-button.tsx';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';
import { GoogleErrors } from './google-errors.tsx';

import type { SignInUnderWay } from './sign-in-words.ts';

type Waiting = Extract<SignIn, { kind: 'waiting' }>;

/** What to do, and what can be done, while the sign-in goes on in the browser. */
export function SignInPanel({ signIn }: { signIn: SignInUnderWay }) {
  switch (signIn.kind) {
    case 'waiting':
      return <WaitingPanel signIn={signIn} />;
    case 'finishing':
      return (
        <p className="quiet" role="status">
          Google has answered. Mooring is checking the answer and putting your sign-in into the keychain.
        </p>
      );
    default:
      return signIn satisfies never;
  }
}

function WaitingPanel({ signIn }: { signIn: Waiting }) {
  if (signIn.stranger !== null) return <StrangerPanel who={signIn.stranger} />;
  return <BrowserPanel signIn={signIn} />;
}

/** Somebody has signed in where the app did not send anybody; only the person here knows whether it was them. */
function StrangerPanel({ who }: { who: string }) {
  const answer = useRequest(window.mooring.answerStranger);
  return (
    <div className="waiting" role="alertdialog" aria-label="Is that you?">
      <p>
        Someone signed in as {who} from a browser that Mooring did not open, or that keeps no cookies. Is that you?
        Nothing is stored before you have answered.
      </p>
      <div className="buttons">
        <button type="button" className="primary" onClick={() => void answer.run({ isMe: true })}>
          Yes, that is me
        </button>
        <button type="button" onClick={() => void answer.run({ isMe: false })}>
          No
        </button>
      </div>
      <Notice problem={answer.problem} />
    </div>
  );
}

function BrowserPanel({ signIn }: { signIn: Waiting }) {
  const cancel = useRequest(window.mooring.cancelSignIn);
  const again = useRequest(window.mooring.openSignInAgain);
  return (
    <div className="waiting">
      <p className="with-spinner" role="status">
        <span className="spinner" aria-hidden="true" />
        <span>
          {signIn.purpose !== 'sign-in'
            ? 'Choose the same account on Google’s page and agree. Nothing is lost meanwhile.'
            : 'Google’s page is open in your browser. Choose your account there and agree; this window goes on by itself.'}
        </span>
      </p>
      {signIn.note !== null && (
        <p className="notice" role="status">
          {signIn.note}
        </p>
      )}
      {signIn.silent && (
        <p className="quiet" role="status">
          No word from the browser yet. Is its page gone?
        </p>
      )}
      <div className="buttons">
        {signIn.silent && (
          <>
            <button type="button" onClick={() => void again.run()}>
              Open again
            </button>
            <CopyButton label="Copy link" copy={window.mooring.copySignInLink} />
          </>
        )}
        <button type="button" onClick={() => void cancel.run()}>
          Cancel
        </button>
      </div>
      <Notice problem={again.problem ?? cancel.problem} />
      {signIn.silent && <GoogleErrors />}
    </div>
  );
}

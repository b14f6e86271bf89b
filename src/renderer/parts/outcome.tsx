import type { AccountView, SignIn } from '../../contract/state.ts';
import { useRequest } from '../hooks/use-request.ts';
import { addable } from '../words/sign-in-place.ts';
import { Notice } from './notice.tsx';

type Idle = Extract<SignIn, { kind: 'idle' }>;

/** How the last attempt ended, and the way on for who has signed in as somebody else than was expected. */
export function Outcome({ signIn, accounts }: { signIn: Idle; accounts: readonly AccountView[] }) {
  const add = useRequest(window.mooring.signIn);
  const chosen = addable(signIn, accounts);
  return (
    <>
      <Notice problem={signIn.outcome} />
      {chosen !== null && (
        <button type="button" onClick={() => void add.run({ hint: chosen })}>
          Add {chosen} as another account
        </button>
      )}
      <Notice problem={add.problem} />
    </>
  );
}

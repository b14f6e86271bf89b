import { firstService } from '../../contract/services.ts';
import type { AccountView, SignIn } from '../../contract/state.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';
import { addable } from './sign-in-place.ts';

type Idle = Extract<SignIn, { kind: 'idle' }>;

/** How the last attempt ended, and the way on for who has signed in as somebody else than was expected. */
export function SignInOutcome({ signIn, accounts }: { signIn: Idle; accounts: readonly AccountView[] }) {
  const add = useRequest(window.mooring.signIn);
  const chosen = addable(signIn, accounts);
  return (
    <>
      <Notice problem={signIn.outcome} />
      {chosen !== null && (
        <button type="button" onClick={() => void add.run({ hint: chosen, services: [firstService] })}>
          Add {chosen} as another account
        </button>
      )}
      <Notice problem={add.problem} />
    </>
  );
}

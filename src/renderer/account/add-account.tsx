import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';

export function AddAccount({ disabled }: { disabled: boolean }) {
  const signIn = useRequest(window.mooring.signIn);
  return (
    <>
      <button type="button" className="plain" disabled={disabled} onClick={() => void signIn.run({ hint: null })}>
        Add account
      </button>
      <Notice problem={signIn.problem} />
    </>
  );
}

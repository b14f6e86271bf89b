import type { AccountView } from '../../contract/state.ts';
import { Action } from './connection-action.tsx';
import { actionWords } from './connection-words.ts';

interface Props {
  readonly view: AccountView;
  /** Whether a sign-in of this account is under way: that is what Reconnect would begin. */
  readonly signingIn: boolean;
  readonly onRetention: () => void;
}

/** What is going to happen to an account unless somebody acts. */
export function Warning({ view, signingIn, onRetention }: Props) {
  const { connection, warning } = view;
  if (!warning) return null;
  const { code, sentence } = warning;
  const erase = code === 'copy-will-be-erased';
  // Where the connection offers the same button already, one is enough.
  const offered = signingIn || actionWords(connection.action)?.request === 'reconnect';
  const reconnect = actionWords('reconnect');
  return (
    <>
      <div className="notice" role="status" data-code={code}>
        <p>{sentence}</p>
        {erase && (
          <button type="button" className="link" onClick={onRetention}>
            Change how long copies are kept
          </button>
        )}
      </div>
      {reconnect && !offered && (erase || code === 'access-ends-soon') && <Action {...reconnect} view={view} />}
    </>
  );
}

import type { Connection } from '../../contract/connection.ts';
import type { Problem } from '../../contract/problem.ts';
import { useRequest } from '../hooks/use-request.ts';
import { actionWords } from '../words/connection-words.ts';
import { GoogleButton } from './google-button.tsx';
import { Notice } from './notice.tsx';

interface Props {
  readonly connection: Connection;
  readonly syncing: boolean;
  /** How the last attempt to sign in ended. */
  readonly outcome: Problem | null;
}

/** The one thing a person can do about the connection as it is. */
export function ConnectionAction({ connection, syncing, outcome }: Props) {
  const words = actionWords(connection.action);
  // The key is there so that what went wrong with one state's action does not linger under another's.
  if (words) return <Action key={`${connection.kind}/${connection.reason}`} {...words} {...{ syncing, outcome }} />;
  return <Notice problem={outcome} />;
}

function Action(props: NonNullable<ReturnType<typeof actionWords>> & Omit<Props, 'connection'>) {
  const { label, request, syncing, outcome } = props;
  const act = useRequest(window.mooring[request]);
  const press = () => void act.run();
  return (
    <>
      {request === 'signIn' ? (
        <GoogleButton onClick={press} />
      ) : (
        <button type="button" className="primary" disabled={request === 'syncNow' && syncing} onClick={press}>
          {label}
        </button>
      )}
      <Notice problem={outcome ?? act.problem} />
    </>
  );
}

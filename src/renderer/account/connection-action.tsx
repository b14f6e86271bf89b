import type { AccountView } from '../../contract/state.ts';
import { wholeSync } from '../../contract/whole-sync.ts';
import type { Reply } from '../../contract/window.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';
import { GoogleButton } from '../sign-in/google-button.tsx';
import { actionWords } from './connection-words.ts';

type Words = NonNullable<ReturnType<typeof actionWords>>;

const requests: Readonly<Record<Words['request'], (view: AccountView) => Promise<Reply<null>>>> = {
  signIn: ({ account, services }) => window.mooring.signIn({ hint: account.email, services: wantedOf(services) }),
  reconnect: ({ account }) => window.mooring.reconnect({ accountId: account.id }),
  syncNow: ({ account }) => window.mooring.syncNow({ accountId: account.id }),
  pickClientFile: () => window.mooring.pickClientFile(),
};

const wantedOf = (services: AccountView['services']): string[] =>
  Object.entries(services).flatMap(([name, { standing }]) => (standing.kind === 'off' ? [] : [name]));

/** The one thing a person can do about a connection as it is. */
export function ConnectionAction({ view }: { view: AccountView }) {
  const { connection } = view;
  const words = actionWords(connection.action);
  if (!words) return null;
  // The key is there so that what went wrong with one state's action does not linger under another's.
  const key = `${connection.kind}/${connection.reason}`;
  return <Action key={key} {...words} view={view} />;
}

export function Action({ label, request, view }: Words & { view: AccountView }) {
  const act = useRequest(requests[request]);
  const press = () => void act.run(view);
  const syncing = wholeSync(view.services).running;
  return (
    <>
      {request === 'signIn' ? (
        <GoogleButton onClick={press} />
      ) : (
        <button type="button" className="primary" disabled={request === 'syncNow' && syncing} onClick={press}>
          {label}
        </button>
      )}
      <Notice problem={act.problem} />
    </>
  );
}

import type { Account } from '../../contract/account.ts';
import type { AccountView } from '../../contract/state.ts';
import type { Reply } from '../../contract/window.ts';
import { Notice } from '../common/notice.tsx';
import { useRequest } from '../common/use-request.ts';
import { GoogleButton } from '../sign-in/google-button.tsx';
import { actionWords } from './connection-words.ts';

type Words = NonNullable<ReturnType<typeof actionWords>>;

const requests: Readonly<Record<Words['request'], (account: Account) => Promise<Reply<null>>>> = {
  signIn: ({ email }) => window.mooring.signIn({ hint: email }),
  reconnect: ({ id }) => window.mooring.reconnect({ accountId: id }),
  syncNow: ({ id }) => window.mooring.syncNow({ accountId: id }),
  pickClientFile: () => window.mooring.pickClientFile(),
};

/** The one thing a person can do about a connection as it is. */
export function ConnectionAction({ view: { account, connection, sync } }: { view: AccountView }) {
  const words = actionWords(connection.action);
  if (!words) return null;
  // The key is there so that what went wrong with one state's action does not linger under another's.
  const key = `${connection.kind}/${connection.reason}`;
  return <Action key={key} {...words} account={account} syncing={sync.running} />;
}

export function Action({ label, request, account, syncing }: Words & { account: Account; syncing: boolean }) {
  const act = useRequest(requests[request]);
  const press = () => void act.run(account);
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

import type { Account } from '../../contract/account.ts';
import { Disconnect } from './disconnect.tsx';

/** What is seldom needed, in buttons that do not stand out. */
export function AccountTools({ account, onCredentials }: { account: Account; onCredentials: () => void }) {
  return (
    <div className="tools">
      <button type="button" className="plain" onClick={onCredentials}>
        Credentials…
      </button>
      <Disconnect account={account} />
    </div>
  );
}

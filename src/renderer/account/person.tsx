import type { Account } from '../../contract/account.ts';
import { AccountPicture } from './account-picture.tsx';

export function Person({ account }: { account: Account }) {
  const { name, email } = account;
  return (
    <div className="person">
      <div className="person-words">
        <strong>{name || email}</strong>
        {name && <span>{email}</span>}
      </div>
      <AccountPicture account={account} />
    </div>
  );
}

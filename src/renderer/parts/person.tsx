import type { Account } from '../../contract/account.ts';
import { initials } from '../words/initials.ts';

export function Person({ account: { name, email, picture } }: { account: Account }) {
  return (
    <div className="person">
      <div className="person-words">
        <strong>{name || email}</strong>
        {name && <span>{email}</span>}
      </div>
      {picture === null ? (
        <span className="person-picture" aria-hidden="true">
          {initials(name, email)}
        </span>
      ) : (
        <img className="person-picture" src={picture} alt="" />
      )}
    </div>
  );
}

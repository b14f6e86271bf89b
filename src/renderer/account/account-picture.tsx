import type { Account } from '../../contract/account.ts';
import { initials } from './initials.ts';

/** Without `label` it is an ornament beside a name. */
export function AccountPicture({ account, label }: { account: Account; label?: string }) {
  const { name, email, picture } = account;
  if (picture !== null) return <img className="person-picture" src={picture} alt={label ?? ''} />;
  return (
    <span
      className="person-picture"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {initials(name, email)}
    </span>
  );
}

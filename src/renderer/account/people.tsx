import type { AccountView } from '../../contract/state.ts';
import { AccountPicture } from './account-picture.tsx';
import { connectionWords } from './connection-words.ts';

/** Everybody who is signed in, at a glance; their cards say the rest. */
export function People({ accounts }: { accounts: readonly AccountView[] }) {
  return (
    <ul className="people" aria-label="Accounts">
      {accounts.map(({ account, connection }) => {
        const { title, tone } = connectionWords(connection.kind);
        const words = `${account.name || account.email}: ${title}`;
        return (
          <li key={account.id} title={words} data-tone={tone}>
            <AccountPicture account={account} label={words} />
          </li>
        );
      })}
    </ul>
  );
}

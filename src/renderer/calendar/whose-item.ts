import type { AgendaItem } from '../../contract/calendar.ts';
import type { AccountView } from '../../contract/state.ts';

/**
 * Says which calendar of whom an item comes from: "Rowing · ada@example.com". Google calls somebody's first calendar by
 * their address, and that is said once.
 */
export function whoseItem(accounts: readonly AccountView[]): (item: AgendaItem) => string {
  const emails = new Map(accounts.map(({ account }) => [account.id, account.email]));
  return ({ accountId, calendarName }) => {
    const email = emails.get(accountId);
    return email === undefined || email === calendarName ? calendarName : `${calendarName} · ${email}`;
  };
}

/** Brings an account's card into view and puts the focus on its heading. Nothing happens if the account has gone. */
export function showAccount(accountId: string): void {
  const card = document.querySelector(`[data-account="${CSS.escape(accountId)}"]`);
  card?.scrollIntoView({ block: 'nearest' });
  card?.querySelector('h2')?.focus();
}

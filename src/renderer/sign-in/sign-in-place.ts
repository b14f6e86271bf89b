import type { AccountView, SignIn } from '../../contract/state.ts';

/**
 * The account in whose card an attempt to sign in is shown; null for one that adds an account, and for a reconnect whose
 * account has gone meanwhile.
 */
export function signInPlace(signIn: SignIn, accounts: readonly AccountView[]): string | null {
  return accounts.find(({ account }) => account.id === signIn.accountId)?.account.id ?? null;
}

/** Who could be added as one more account, after a reconnect as somebody else. */
export function addable(signIn: SignIn, accounts: readonly AccountView[]): string | null {
  if (signIn.kind !== 'idle' || signIn.chosen === null) return null;
  const { chosen } = signIn;
  return accounts.some(({ account }) => account.email === chosen) ? null : chosen;
}

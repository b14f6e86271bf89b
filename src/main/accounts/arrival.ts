import type { Account } from '../../contract/account.ts';
import type { Services } from '../../contract/service.ts';
import type { GrantRead } from '../auth/grants.ts';
import { keptAfterConsent } from './keeping.ts';
import type { AccountRecord } from './records.ts';

/** What a sign-in brought of an account. */
export interface Arrival {
  readonly account: Account;
  readonly clientId: string;
  /** Whether Google gave a refresh token with it. */
  readonly issued: boolean;
  /** The services that were asked for. */
  readonly asked: readonly string[];
  readonly at: number;
}

/** The record of an account that has signed in, from the one before. Pure. */
export const recordAfter = (
  before: AccountRecord,
  { account, clientId, issued, asked, at }: Arrival,
  services: Services,
): AccountRecord => ({
  ...before,
  account: { ...account, picture: account.picture ?? before.account.picture },
  clientId,
  services: keptAfterConsent(before.services, asked, account.grantedScopes, services),
  tokensIssued: before.tokensIssued + (issued ? 1 : 0),
  lastRefreshAt: at,
  deadSince: null,
  announcedAt: [],
  erasedAt: null,
  arriving: false,
  leaving: null,
});

/** What becomes of a record that was written before its key, by what the keychain then says of the key. */
export function afterCutOff(key: GrantRead['kind']): 'take-up' | 'drop' | 'wait' {
  switch (key) {
    case 'ok':
    case 'key-lost':
    case 'other-client':
      return 'take-up';
    case 'absent':
    case 'ruined':
      return 'drop';
    default:
      return 'wait';
  }
}

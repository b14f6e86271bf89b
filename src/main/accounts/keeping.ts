import type { Services } from '../../contract/service.ts';
import type { Keeping } from '../../contract/standing.ts';
import { hasGrantedAllScopes } from '../auth/scopes.ts';
import type { AccountRecord } from './records.ts';

/** What a person wants of each service; one that is not named was never chosen. */
export type Kept = Readonly<Record<string, Keeping>>;

/** The services that a person wants the copy of, granted or not: what a reconnect asks Google for. */
export const wantedServices = (kept: Kept, services: Services): string[] =>
  Object.keys(services).filter((name) => kept[name] === 'kept');

/** The wanted services that Google is allowed to give: what is copied. */
export function mirroredServices(
  { services: kept, account }: Pick<AccountRecord, 'services' | 'account'>,
  services: Services,
): string[] {
  return wantedServices(kept, services).filter((name) =>
    hasGrantedAllScopes(account.grantedScopes, services[name]?.scopes ?? []),
  );
}

/**
 * What a person wants after Google's page has been answered: of what was asked for, what they ticked. What they left
 * unticked they have declined, and are not asked for again before they say so themselves.
 */
export function keptAfterConsent(
  before: Kept,
  asked: readonly string[],
  granted: readonly string[],
  services: Services,
): Kept {
  const answer = (name: string): Keeping =>
    hasGrantedAllScopes(granted, services[name]?.scopes ?? []) ? 'kept' : 'declined';
  return { ...before, ...Object.fromEntries(asked.map((name) => [name, answer(name)])) };
}

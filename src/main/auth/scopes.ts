import type { Services } from '../../contract/service.ts';

/** Signing in and offline access are one flow, so identity and data are asked for in one consent. */
export const identityScopes: readonly string[] = ['openid', 'email', 'profile'];

/**
 * What is asked for so that these services can be copied: all of it each time, because Google knows no incremental grants
 * of installed apps. https://developers.google.com/identity/protocols/oauth2/web-server#incrementalAuth
 */
export function scopesFor(services: Services, wanted: readonly string[]): string[] {
  const more = wanted.flatMap((name) => services[name]?.moreScopes ?? []);
  return [...new Set([...neededScopes(services, wanted), ...more])];
}

/** What has to be granted so that nothing of these services stands still. */
export function neededScopes(services: Services, wanted: readonly string[]): string[] {
  return [...new Set([...identityScopes, ...wanted.flatMap((name) => services[name]?.scopes ?? [])])];
}

/** Google answers some scopes in a longer spelling than they were asked in. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['https://www.googleapis.com/auth/userinfo.email', 'email'],
  ['https://www.googleapis.com/auth/userinfo.profile', 'profile'],
]);

/** A `scope` value (RFC 6749, section 3.3) as a sorted list in one spelling. */
export function readScopes(scope: string): string[] {
  const names = scope.split(/\s+/).filter((name) => name !== '');
  return [...new Set(names.map((name) => spellings.get(name) ?? name))].sort();
}

/** Whether all of these were granted: Google lets people grant a part of what was asked. Both in one spelling. */
export const hasGrantedAllScopes = (granted: readonly string[], scopes: readonly string[]): boolean =>
  scopes.every((scope) => granted.includes(scope));

/** Whether at least one of these was granted. */
export const hasGrantedAnyScope = (granted: readonly string[], scopes: readonly string[]): boolean =>
  scopes.some((scope) => granted.includes(scope));

import { services } from '../../contract/services.ts';

/** Signing in and offline access are one flow, so identity and data are asked for in one consent. */
export const identityScopes = ['openid', 'email', 'profile'] as const;
/** What the services are granted by. */
export const serviceScopes: readonly string[] = Object.values(services).flatMap(({ scopes }) => [...scopes]);

export const wantedScopes: readonly string[] = [...identityScopes, ...serviceScopes];

/** Google answers some scopes in a longer spelling than they were asked in. */
const spellings: Readonly<Record<string, string>> = {
  'https://www.googleapis.com/auth/userinfo.email': 'email',
  'https://www.googleapis.com/auth/userinfo.profile': 'profile',
};

/** A `scope` value (RFC 6749, section 3.3) as a sorted list in one spelling. */
export function readScopes(scope: string): string[] {
  const names = scope.split(/\s+/).filter((name) => name !== '');
  return [...new Set(names.map((name) => spellings[name] ?? name))].sort();
}

/** The wanted scopes that were not granted: Google lets people grant a part of what was asked. */
export function missingScopes(granted: readonly string[]): string[] {
  return wantedScopes.filter((scope) => !granted.includes(scope));
}

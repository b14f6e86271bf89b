import type { Parts } from './part.ts';

export const EMAIL = 'https://www.googleapis.com/auth/userinfo.email';
export const PROFILE = 'https://www.googleapis.com/auth/userinfo.profile';

/** The scopes that a person sees but cannot refuse one by one. */
export const BASIC: readonly string[] = ['openid', EMAIL, PROFILE];

const LONG: Record<string, string> = { email: EMAIL, profile: PROFILE };

/** A scope parameter in Google's long spellings, each once. */
export function scopesOf(parameter: string): string[] {
  const asked = parameter.split(' ').filter(Boolean);
  return [...new Set(asked.map((scope) => LONG[scope] ?? scope))];
}

/** The scope of a callback: Google lists the short spellings besides the long ones. */
export function callbackScope(granted: readonly string[]): string {
  const short = Object.entries(LONG).flatMap(([name, long]) => (granted.includes(long) ? [name] : []));
  return [...short, ...granted].join(' ');
}

/** The scope of a token response: long spellings only, not in the order in which they were asked for. */
export function tokenScope(granted: readonly string[]): string {
  return [...granted].sort().join(' ');
}

/** What the consent page says a scope allows; a scope of which no part knows is shown as it is. */
export function describeScope(scope: string, parts: Parts): string {
  const words = [IDENTITY, ...Object.values(parts).map((part) => part.scopes)];
  return words.find((known) => known[scope])?.[scope] ?? scope;
}

const IDENTITY: Readonly<Record<string, string>> = {
  openid: 'Associate you with your personal info on Google',
  [EMAIL]: 'See your primary Google Account email address',
  [PROFILE]: 'See your personal info, including any personal info you’ve made publicly available',
};

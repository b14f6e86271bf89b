import type { Way } from '../contract/way.ts';
import { isLoopback } from './loopback.ts';
import { direct, proxyAt } from './way.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that name a proxy for https, the most telling first; nothing else leaves this computer. */
const proxyNames = ['HTTPS_PROXY', 'ALL_PROXY', 'HTTP_PROXY'];

/** Every variable that is read here, in either case. */
export const proxyVariables = [...proxyNames, 'NO_PROXY'].flatMap((name) => [name.toLowerCase(), name]);

/** The proxy that an environment names and what is reached without it; null where it names none. */
export function environmentWays(environment: Environment): ((url: string) => readonly Way[]) | null {
  const named = proxyNames.map((name) => read(environment, name)).find((value) => value !== '') ?? '';
  if (named === '') return null;
  const proxy = proxyAt(named);
  const rules = read(environment, 'NO_PROXY')
    .split(/[\s,]+/)
    .filter((rule) => rule !== '');
  return (url) => [isLoopback(url) || rules.some((rule) => exempts(rule, new URL(url))) ? direct : proxy];
}

/** In small letters first, as curl has it: https://everything.curl.dev/usingcurl/proxies/env.html */
const read = (environment: Environment, name: string): string =>
  (environment[name.toLowerCase()] || environment[name] || '').trim();

/**
 * Whether a rule of NO_PROXY is of this address: `*`, or `example.com`, `.example.com` and `*.example.com` for it and all below it,
 * with a port or without.
 */
function exempts(rule: string, { hostname, port }: URL): boolean {
  if (rule === '*') return true;
  const bare = hostname.replace(/^\[|\]$/g, '');
  // More colons than one are those of an address of IPv6.
  const [, name = '', only] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(/^[^[]*:.*:/.test(rule) ? `[${rule}]` : rule) ?? [];
  if (only !== undefined && only !== (port || '443')) return false;
  const suffix = name.toLowerCase().replace(/^\*?\./, '');
  return suffix !== '' && (bare === suffix || bare.endsWith(`.${suffix}`));
}

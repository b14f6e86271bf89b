import type { Way } from '../contract/way.ts';
import { direct, proxyAt } from './way.ts';

/**
 * The ways in an answer of a proxy script, as `FindProxyForURL` gives it and Electron's `resolveProxy` hands it on:
 * `PROXY one:8080; HTTPS two:443; DIRECT`.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Proxy_servers_and_tunneling/Proxy_Auto-Configuration_PAC_file
 */
export function resolvedWays(answer: string): readonly Way[] {
  const ways = answer
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(wayOf);
  return ways.length === 0 ? [direct] : ways;
}

function wayOf(text: string): Way {
  const [kind = '', address = ''] = text.split(/\s+/);
  switch (kind.toUpperCase()) {
    case 'DIRECT':
      return direct;
    case 'PROXY':
    case 'HTTP':
      return proxyAt(`http://${address}`);
    case 'HTTPS':
      return proxyAt(`https://${address}`);
    default:
      return { kind: 'unusable' };
  }
}

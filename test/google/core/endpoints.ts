import type { Api, Parts } from './part.ts';

/** The endpoints of signing in, which every service needs. */
export const IDENTITY_ENDPOINTS = {
  discovery: '/.well-known/openid-configuration',
  jwks: '/oauth2/v3/certs',
  authorize: '/o/oauth2/v2/auth',
  token: '/token',
  revoke: '/revoke',
  userinfo: '/v1/userinfo',
} as const;
export type IdentityEndpoint = keyof typeof IDENTITY_ENDPOINTS;

const IDENTITY: Api = { name: 'Google OAuth2 API', product: 'OAuth2', service: 'oauth2.googleapis.com' };

/** What faults, holds and the request log know a path by. */
export interface Endpoint {
  readonly name: string;
  readonly path: RegExp;
  readonly api: Api;
}

/** The core's endpoints and those of the parts. */
export function endpointsOf(parts: Parts): Endpoint[] {
  const all = [{ api: IDENTITY, endpoints: IDENTITY_ENDPOINTS }, ...Object.values(parts)].flatMap(
    ({ api, endpoints }) => Object.entries(endpoints).map(([name, route]) => ({ name, path: pathOf(route), api })),
  );
  const names = all.map((endpoint) => endpoint.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`Two endpoints have the name ${twice}`);
  return all;
}

/** The paths of a route: each `:parameter` is one segment. */
function pathOf(route: string): RegExp {
  const segments = route
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replaceAll('.', '\\.')));
  return new RegExp(`^${segments.join('/')}$`);
}

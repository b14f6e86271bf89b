import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** An opaque token that carries a value and cannot be made up: page tokens and sync tokens are sealed. */
export function seal(key: string, value: unknown): string {
  const payload = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${payload}${mac(key, payload)}`;
}

/** The value of a sealed token, or undefined when this double never made it. */
export function unseal(key: string, token: string): unknown {
  const payload = token.slice(0, -MAC_LENGTH);
  const given = Buffer.from(token.slice(-MAC_LENGTH));
  const wanted = Buffer.from(mac(key, payload));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

/** A short digest of query parameters, whatever their order. */
export function digest(parameters: Iterable<[string, string]>): string {
  const sorted = [...parameters].map(([name, value]) => `${name}=${value}`).sort();
  return createHash('sha256').update(sorted.join('&')).digest('base64url').slice(0, 16);
}

const MAC_LENGTH = 22;

function mac(key: string, payload: string): string {
  return createHmac('sha256', key).update(payload).digest('base64url').slice(0, MAC_LENGTH);
}

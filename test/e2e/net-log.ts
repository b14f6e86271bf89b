import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const Log = z.object({
  constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }),
  events: z.array(z.object({ type: z.number(), params: z.record(z.string(), z.unknown()).optional() })),
});

/** What Chromium's own log of its network says that it reached for. */
export interface Reached {
  /** Hosts whose name was looked up. */
  readonly names: readonly string[];
  /** Addresses of connections that were tried. */
  readonly connections: readonly string[];
}

/**
 * Reads what `--log-net-log` has written; null while Chromium has not ended and the log is not whole.
 * https://www.chromium.org/developers/design-documents/network-stack/netlog/
 */
export function readNetLog(path: string): Reached | null {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!text.trimEnd().endsWith('}')) return null;
  const { constants, events } = Log.parse(JSON.parse(text));
  const values = (type: string, key: string) => [
    ...new Set(
      events
        .filter((event) => event.type === constants.logEventTypes[type])
        .flatMap(({ params }) => (params?.[key] === undefined ? [] : [String(params[key])])),
    ),
  ];
  return {
    names: [...values('HOST_RESOLVER_MANAGER_REQUEST', 'host'), ...values('DNS_TRANSACTION', 'hostname')],
    connections: values('TCP_CONNECT_ATTEMPT', 'address'),
  };
}

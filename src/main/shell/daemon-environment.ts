import { inherit } from './inherit.ts';

/**
 * What a process of ours may inherit: where it is, in which language and zone, and whom its person trusts to vouch for servers.
 * Proxies are not among it, because a password may stand in their addresses: it asks main for them.
 */
const inherited = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'SystemRoot', 'NODE_EXTRA_CA_CERTS'];

/** The whole environment of the daemon: what it is told, and of this process's own only what is on the list. */
export function daemonEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  told: { databasePath: string; apiRoot: string | null; syncSeconds: number | null },
): Record<string, string> {
  const environment = inherit(own, inherited);
  environment['MOORING_DATABASE'] = told.databasePath;
  if (told.apiRoot !== null) environment['MOORING_GOOGLE_API_ROOT'] = told.apiRoot;
  if (told.syncSeconds !== null) environment['MOORING_SYNC_SECONDS'] = String(told.syncSeconds);
  return environment;
}

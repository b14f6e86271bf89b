/** What a process of ours may inherit: where it is and in which language and zone, and nothing that changes Node. */
const inherited = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'SystemRoot'];

/** The whole environment of the daemon: what it is told, and of this process's own only what is on the list. */
export function daemonEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  told: { databasePath: string; apiRoot: string | null; syncSeconds: number | null },
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of inherited) {
    const value = own[name];
    if (value !== undefined) environment[name] = value;
  }
  environment['MOORING_DATABASE'] = told.databasePath;
  if (told.apiRoot !== null) environment['MOORING_GOOGLE_API_ROOT'] = told.apiRoot;
  if (told.syncSeconds !== null) environment['MOORING_SYNC_SECONDS'] = String(told.syncSeconds);
  return environment;
}

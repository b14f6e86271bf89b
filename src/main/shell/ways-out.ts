import { app } from 'electron';
import { environmentWays } from '../../http/environment-ways.ts';
import { resolvedWays } from '../../http/resolved-ways.ts';
import type { FindWays } from '../../http/way.ts';

/**
 * The ways out that the environment names, and where it names no proxy those of the system's settings, its scripts included.
 * Asked of the app and not of a session: that of the pages is cut off.
 * https://www.electronjs.org/docs/latest/api/app#appresolveproxyurl
 */
export function findWays(environment: Readonly<Record<string, string | undefined>>): FindWays {
  const named = environmentWays(environment);
  if (named !== null) return async (origin) => named(origin);
  return async (origin) => resolvedWays(await app.resolveProxy(origin));
}

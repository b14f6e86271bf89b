import { z } from 'zod';
import type { Intervals } from './sync/plan.ts';

const Environment = z.object({
  /** Absolute path of the SQLite file. */
  MOORING_DATABASE: z.string().min(1),
  /** Where every API is; without it, each service's own is where its contract says. */
  MOORING_GOOGLE_API_ROOT: z.url({ protocol: /^https?$/ }).optional(),
  /** A file with further authorities, as Node reads it. */
  NODE_EXTRA_CA_CERTS: z.string().optional(),
  /** Syncs this often, seen or unseen, on mains or battery. */
  MOORING_SYNC_SECONDS: z.coerce.number().positive().optional(),
});

/**
 * What main told the daemon by its environment.
 * @throws {z.ZodError} when main told it wrongly.
 */
export function readConfiguration(environment: Record<string, string | undefined>): {
  databasePath: string;
  apiRoot: string | null;
  authoritiesFile: string | undefined;
  /** How often everything is synced; null for each service's own pace. */
  intervals: Intervals | null;
} {
  const env = Environment.parse(environment);
  const every = env.MOORING_SYNC_SECONDS === undefined ? null : env.MOORING_SYNC_SECONDS * 1000;
  return {
    databasePath: env.MOORING_DATABASE,
    apiRoot: env.MOORING_GOOGLE_API_ROOT ?? null,
    authoritiesFile: env.NODE_EXTRA_CA_CERTS,
    intervals: every === null ? null : { watched: every, background: every, battery: every },
  };
}

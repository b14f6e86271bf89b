import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../contract/problem.ts';
import { isLoopback } from '../../http/loopback.ts';
import { ClientWord, decodeText, type OAuthClient, readClientFile } from '../auth/client.ts';
import { EndpointUrl, realIssuer } from '../auth/provider.ts';

/** Where Google is, and who this app is to it. Everything else about Google's addresses follows from the issuer. */
export interface Config {
  readonly issuer: string;
  /** Where every Google API is; null for where each service’s contract says. */
  readonly apiRoot: string | null;
  /** Null when the environment names none; then the stored one is used, or the person is asked. */
  readonly client: OAuthClient | null;
  /** What is wrong with the client file that the environment names. */
  readonly clientProblem: Problem | null;
  /** The data folder as it was named; null means the system's own place for it. */
  readonly home: string | null;
  /** The same, however it is spelled in `home`: an earlier version called the keychain's entries by it. */
  readonly namedHome: string | null;
  /** A command that opens the sign-in address, which is added as its last argument. */
  readonly browser: string | null;
  /** Seconds between two syncs, seen or hidden; null means the app's own pace. */
  readonly syncSeconds: number | null;
  /** The control side of the Google double, where failures can be rehearsed; never set with the real Google. */
  readonly control: ControlSide | null;
  /** What the environment names and an installed app does not take from it. */
  readonly refused: readonly Problem[];
}

/** Where the control side of the Google double is: another port than the one the app knows as Google. */
export interface ControlSide {
  readonly url: string;
  readonly key: string;
}

/** The environment names something impossible; the message is for the person who set it. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const Environment = z.object({
  MOORING_GOOGLE_ISSUER: EndpointUrl.default(realIssuer),
  MOORING_GOOGLE_API_ROOT: EndpointUrl.optional(),
  MOORING_CLIENT_FILE: z.string().min(1).optional(),
  MOORING_CLIENT_ID: ClientWord.optional(),
  MOORING_CLIENT_SECRET: ClientWord.optional(),
  MOORING_HOME: z
    .string()
    .refine((path) => isAbsolute(path), { error: 'must be an absolute path' })
    .optional(),
  MOORING_BROWSER: z.string().min(1).optional(),
  MOORING_GOOGLE_CONTROL: EndpointUrl.optional(),
  MOORING_GOOGLE_CONTROL_KEY: z.string().min(1).optional(),
  MOORING_SYNC_SECONDS: z.coerce.number().positive().max(86_400).optional(),
});

/**
 * Reads the configuration from the environment; throws {@link ConfigError} with one line a variable that is wrong. Of an
 * installed app the environment may name less, because any program of the same person may have set it: see
 * {@link takeAllowed}.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, isPackaged: boolean): Config {
  // A variable that is set to nothing is how a shell takes one back for a single command.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { taken, refused } = isPackaged ? takeAllowed(set) : { taken: set, refused: [] };
  const parsed = Environment.safeParse(taken);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Mooring did not start, because its environment cannot be used.\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  if (env.MOORING_GOOGLE_ISSUER === realIssuer && env.MOORING_GOOGLE_API_ROOT !== undefined) {
    throw new ConfigError(
      'Mooring did not start: MOORING_GOOGLE_API_ROOT names another service than Google, which would be given the keys of your Google account. Your data is untouched. Name its MOORING_GOOGLE_ISSUER as well, or neither.',
    );
  }
  const { client, problem } = clientOf(env);
  return {
    issuer: env.MOORING_GOOGLE_ISSUER,
    apiRoot: env.MOORING_GOOGLE_API_ROOT ?? null,
    client,
    clientProblem: problem,
    home: env.MOORING_HOME ?? null,
    namedHome: env.MOORING_HOME ?? null,
    browser: env.MOORING_BROWSER ?? null,
    syncSeconds: env.MOORING_SYNC_SECONDS ?? null,
    control: controlOf(env),
    refused,
  };
}

/** What the environment may name for an installed app, whatever it names it. */
const alwaysTaken = ['MOORING_HOME', 'MOORING_CLIENT_FILE'];

/** What it may name as long as that is on this computer: a double to try the installed app on. */
const takenOnLoopback = ['MOORING_GOOGLE_ISSUER', 'MOORING_GOOGLE_API_ROOT'];

/**
 * Takes out what an installed app does not take from its environment: where a person signs in and where tokens are sent
 * to is Google, the browser is the system's, and the client is a file that the person has chosen.
 */
function takeAllowed(environment: Readonly<Record<string, string | undefined>>) {
  const names = Object.keys(Environment.shape).filter((name) => environment[name] !== undefined);
  // An API root without its own issuer would be given the real Google's tokens.
  const onLoopback = names
    .filter((name) => takenOnLoopback.includes(name))
    .every((name) => isLoopback(environment[name] ?? ''));
  const double = onLoopback && environment['MOORING_GOOGLE_ISSUER'] !== undefined;
  const isTaken = (name: string) => alwaysTaken.includes(name) || (double && takenOnLoopback.includes(name));
  return {
    taken: Object.fromEntries(names.filter(isTaken).map((name) => [name, environment[name]])),
    refused: names.filter((name) => !isTaken(name)).map(refusal),
  };
}

const refusal = (name: string): Problem => ({
  code: `refused-${name}`,
  sentence: `Mooring was started with ${name} in its environment, which an installed Mooring does not take from there. It was left aside, and your data is untouched. If you did not set it, look at what starts Mooring.`,
});

/** Failures are only ever brought about on this computer, and never in front of the real Google. */
function controlOf(env: z.infer<typeof Environment>): ControlSide | null {
  const { MOORING_GOOGLE_CONTROL: url, MOORING_GOOGLE_CONTROL_KEY: key, MOORING_GOOGLE_ISSUER: issuer } = env;
  if (url === undefined || key === undefined) return null;
  const loopback = [url, issuer].every((text) => new URL(text).protocol === 'http:');
  return loopback ? { url, key } : null;
}

function clientOf(env: z.infer<typeof Environment>): { client: OAuthClient | null; problem: Problem | null } {
  if (env.MOORING_CLIENT_FILE !== undefined) {
    const path = resolve(env.MOORING_CLIENT_FILE);
    let text: string;
    try {
      text = decodeText(readFileSync(path));
    } catch (cause) {
      const sentence = `The client file ${path} could not be read. Nothing was changed. Check MOORING_CLIENT_FILE, or choose the file here.`;
      return { client: null, problem: { code: (cause as NodeJS.ErrnoException).code ?? 'unreadable', sentence } };
    }
    const read = readClientFile(text);
    return read.ok ? { client: read.client, problem: null } : { client: null, problem: read.problem };
  }
  const { MOORING_CLIENT_ID: id, MOORING_CLIENT_SECRET: secret } = env;
  if (id === undefined && secret === undefined) return { client: null, problem: null };
  if (id === undefined || secret === undefined) {
    throw new ConfigError(
      'Mooring did not start: MOORING_CLIENT_ID and MOORING_CLIENT_SECRET go together, and one of them is missing.',
    );
  }
  return { client: { id, secret }, problem: null };
}

/**
 * Takes what the configuration was read from out of the environment, where every child process would inherit it. Call it
 * once the configuration has been read.
 */
export function forgetConfiguration(environment: Record<string, string | undefined>): void {
  for (const name of Object.keys(Environment.shape)) delete environment[name];
}

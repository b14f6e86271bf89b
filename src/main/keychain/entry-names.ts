import { type KeychainProblem, readProblem } from './problem.ts';

/** The function of keytar that finds every entry of a service. */
export interface EntryFinder {
  findCredentials(service: string): Promise<{ account: string; password: string }[]>;
}

/**
 * The names of all entries of a service, for who removes them all. To be called only while nothing else is asked of the
 * keychain, right after something else was: of one that is closed, libsecret says that it holds nothing.
 */
export async function entryNames(
  load: () => Promise<EntryFinder>,
  service: string,
): Promise<{ kind: 'ok'; names: string[] } | { kind: KeychainProblem }> {
  try {
    const found = await (await load()).findCredentials(service);
    return { kind: 'ok', names: found.map(({ account }) => account) };
  } catch (error) {
    return { kind: readProblem(error) };
  }
}

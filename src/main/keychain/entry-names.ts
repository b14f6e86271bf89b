import { type KeychainProblem, readProblem } from './problem.ts';

/** The part of the keychain's store that finds every entry of a service. */
export interface EntryLister {
  /** The names that can be reached, and whether others are in a part of the keychain that is locked. */
  list(service: string): Promise<{ names: string[]; locked: boolean }>;
}

/** The names of all entries of these services that can be reached, for who removes them all, and whether others are locked away. */
export async function entryNames(
  load: () => Promise<EntryLister>,
  services: readonly string[],
): Promise<{ kind: 'ok'; names: string[]; locked: boolean } | { kind: KeychainProblem }> {
  try {
    const store = await load();
    const found = await Promise.all(services.map((service) => store.list(service)));
    const names = [...new Set(found.flatMap((each) => each.names))];
    return { kind: 'ok', names, locked: found.some(({ locked }) => locked) };
  } catch (error) {
    return { kind: readProblem(error) };
  }
}

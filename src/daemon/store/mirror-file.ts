import type { Clock } from '../../contract/clock.ts';
import type { Mirror } from '../sync/service.ts';
import type { Store } from './open.ts';
import { asStorageError, type StorageError } from './problem.ts';
import { setAside } from './set-aside.ts';

/** The database file through the daemon's life: opened when needed, set aside when asked. */
export interface MirrorFile<M = Readonly<Record<string, Mirror>>> {
  /**
   * The database, open. What kept it from opening may have gone since, so each call tries anew.
   * @throws {StorageError}
   */
  open(): Store<M>;
  /**
   * The same for whoever is going to write: refused once damage was seen, for writing on would add to it.
   * @throws {StorageError}
   */
  sound(): Store<M>;
  /** Recognises a failure of the disk or the file, and remembers damage; null when `error` is neither. */
  recognise(error: unknown): StorageError | null;
  /**
   * Closes the file, renames it and opens a new one, whose revision begins above `revision`.
   * @throws {StorageError} Nothing is lost then.
   */
  renew(revision: number): Store<M>;
  /** Closes the file for good. */
  end(): void;
}

/** Nothing is opened yet. `onDamage` hears of damage in an open file once. */
export function mirrorFile<M>(
  path: string,
  openAt: (path: string) => Store<M>,
  clock: Clock,
  onDamage: (problem: StorageError) => void,
): MirrorFile<M> {
  let store: Store<M> | null = null;
  let ended = false;
  /** Stays until the file is another: that one page can be read says nothing about the next. */
  let damage: StorageError | null = null;

  function open(): Store<M> {
    if (ended) throw new Error('The daemon has stopped.');
    store ??= openAt(path);
    return store;
  }

  function close(): void {
    const closing = store;
    store = null;
    closing?.close();
  }

  return {
    open,
    sound() {
      if (damage) throw damage;
      return open();
    },
    recognise(error) {
      const problem = asStorageError(error);
      // A file that did not open is looked at anew at every attempt, so there is nothing to remember.
      if (problem?.rebuild && store && !damage) {
        damage = problem;
        onDamage(problem);
      }
      return problem;
    },
    renew(revision) {
      if (ended) throw new Error('The daemon has stopped.');
      try {
        close();
        setAside(path, clock.now());
        damage = null;
        const renewed = open();
        renewed.raiseRevision(revision + 1);
        return renewed;
      } catch (error) {
        throw asStorageError(error) ?? error;
      }
    },
    end() {
      ended = true;
      close();
    },
  };
}

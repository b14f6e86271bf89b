import type { JsonFile } from './json-file.ts';
import { StorageError } from './storage-error.ts';

/** A file of ours that this process alone writes, so that what it holds is read once and then known. */
export interface HeldFile<T> {
  read(): T;
  /** For what is to become true by being written down. Throws a {@link StorageError}, and then nothing has changed. */
  write(value: T): void;
  /** For what has come true already, such as Google's word: it holds at once, and is written as soon as the disk takes it. */
  note(value: T): void;
  /** Why what holds is not on the disk; null when it is. */
  trouble(): StorageError | null;
  /** Tries to write what is not on the disk yet. */
  save(): void;
}

/** Reads the file, and holds it from then on. */
export function holdFile<T>(file: JsonFile<T>): HeldFile<T> {
  let value = file.read();
  let trouble: StorageError | null = null;

  function save(): void {
    try {
      file.write(value);
      trouble = null;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      trouble = error;
    }
  }

  return {
    read: () => value,
    write(next) {
      file.write(next);
      value = next;
      trouble = null;
    },
    note(next) {
      value = next;
      save();
    },
    trouble: () => trouble,
    save() {
      if (trouble !== null) save();
    },
  };
}

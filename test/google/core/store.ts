import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { State } from './model.ts';

/** Accounts are in the named file, what a part keeps in one beside it. */
export interface Store {
  /** Says that the accounts, or what the part of this name keeps, changed. */
  changed(what: string): void;
  flush(): void;
}

const SAVE_AFTER = 100;

/** Saves what changed soon after it did, and at the end; each file is replaced as a whole. */
export function makeStore(file: string | undefined, state: State): Store {
  const dirty = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const what of dirty) {
      const value = what === 'accounts' ? state.accounts : state.parts[what];
      if (file) replaceFile(pathOf(file, what), JSON.stringify(value));
    }
    dirty.clear();
  }

  return {
    changed(what) {
      if (!file) return;
      dirty.add(what);
      timer ??= setTimeout(flush, SAVE_AFTER);
    },
    flush,
  };
}

/** What an earlier double saved under this name; undefined when there is nothing. */
export function readSaved(file: string | undefined, what: string): unknown {
  if (!file || !existsSync(pathOf(file, what))) return undefined;
  return JSON.parse(readFileSync(pathOf(file, what), 'utf8'));
}

function pathOf(file: string, what: string): string {
  return what === 'accounts' ? file : `${file}.${what}`;
}

function replaceFile(path: string, text: string): void {
  const written = `${path}.${process.pid}.new`;
  writeFileSync(written, text, { mode: 0o600 });
  renameSync(written, path);
}

import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeData } from '../../src/main/purge/remove-data.ts';

const nobody = 65_534;

/** Runs as a person from whom files can be kept, which root is not. */
function asPerson<T>(home: string, act: () => T): T {
  if (process.getuid?.() !== 0) return act();
  chownSync(home, nobody, nobody);
  process.seteuid?.(nobody);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

/** A data folder with what cannot be removed below `stuck`, as on Windows what another program has open. */
function folder(stuck: string, file = 'open'): Disposable & { home: string } {
  const home = mkdtempSync(join(tmpdir(), 'mooring-data-'));
  for (const name of ['accounts.json', 'mirror.sqlite', 'mirror.sqlite-wal']) writeFileSync(join(home, name), 'x');
  mkdirSync(join(home, stuck));
  writeFileSync(join(home, stuck, file), 'x');
  chmodSync(join(home, stuck), 0o555);
  return {
    home,
    [Symbol.dispose]() {
      if (existsSync(join(home, stuck))) chmodSync(join(home, stuck), 0o755);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

test.runIf(process.platform !== 'win32')('what Chromium has open keeps nothing of Mooring’s from going', () => {
  using own = folder('Network');
  asPerson(own.home, () => removeData(own.home, true));
  expect(readdirSync(own.home)).toEqual(['Network']);
  using named = folder('electron');
  asPerson(named.home, () => removeData(named.home, false));
  expect(readdirSync(named.home)).toEqual(['electron']);
});

test.runIf(process.platform !== 'win32')('what is left of Mooring’s is said, and takes nothing else with it', () => {
  for (const ownFolder of [true, false]) {
    using data = folder('logs', 'mooring.log');
    expect(() => asPerson(data.home, () => removeData(data.home, ownFolder))).toThrow('logs');
    expect(readdirSync(data.home)).toEqual(['logs']);
  }
});

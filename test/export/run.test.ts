import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ExportProgress } from '../../src/contract/export.ts';
import { Manifest, manifestName } from '../../src/daemon/export/manifest.ts';
import { asExportError } from '../../src/daemon/export/problem.ts';
import { runExport } from '../../src/daemon/export/run.ts';
import type { Snapshot } from '../../src/daemon/export/snapshot.ts';
import type { ExportedFile } from '../../src/daemon/sync/service.ts';
import { temporaryFolder } from '../daemon/support/folder.ts';
import { morning } from '../daemon/support/morning.ts';

// Real folders, and files whose content the tests make up.

const titles: Readonly<Record<string, string>> = { books: 'Books', maps: 'Maps' };

function file(name: string, items: number, text = name): ExportedFile {
  return {
    name,
    items,
    *content() {
      for (let at = 0; at < items; at += 1) yield `${text} ${at}\n`;
    },
  };
}

const holding = (files: Readonly<Record<string, readonly ExportedFile[]>>): Snapshot => ({
  exported: (accountId, service) => files[`${accountId}/${service}`] ?? files[service] ?? [],
  close: () => {},
});

type Options = Partial<{ services: string[]; signal: AbortSignal; at: number; accountId: string; label: string }>;

async function run(folder: string, files: Parameters<typeof holding>[0], options: Options = {}) {
  const { services = ['books'], signal = new AbortController().signal, at = morning } = options;
  const { accountId = 'ada', label = 'ada@example.com' } = options;
  const progress: ExportProgress[] = [];
  const written = await runExport(
    { folder, parts: [{ accountId, label, services }] },
    {
      snapshot: holding(files),
      titleOf: (service) => titles[service] ?? service,
      at,
      signal,
      onProgress: (now) => progress.push(now),
    },
  );
  return { ...written, progress };
}

const homeOf = (folder: string) => join(folder, 'Mooring export', 'ada@example.com');

/** All that is in a folder: the texts of files by their paths. */
function contents(folder: string): Record<string, string> {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const);
  return Object.fromEntries(found);
}

const texts = (folder: string) =>
  Object.fromEntries(Object.entries(contents(folder)).filter(([path]) => !path.endsWith(manifestName)));

async function codeOf(exporting: Promise<unknown>): Promise<string> {
  const error = await exporting.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error === null ? 'done' : asExportError(error).problem.code;
}

describe('an export', () => {
  test('is a folder for each service of an account, with a manifest of what is in it', async () => {
    const folder = temporaryFolder();
    const done = await run(
      folder,
      { books: [file('Hall.txt', 3), file('Attic.txt', 2)], maps: [file('Sea.txt', 1)] },
      {
        services: ['books', 'maps'],
      },
    );
    expect(done).toMatchObject({ items: 6, files: 3, beside: [] });
    expect(done.progress.at(-1)).toEqual({ done: 6, total: 6 });
    expect(texts(homeOf(folder))).toEqual({
      [join('Books', 'Hall.txt')]: 'Hall.txt 0\nHall.txt 1\nHall.txt 2\n',
      [join('Books', 'Attic.txt')]: 'Attic.txt 0\nAttic.txt 1\n',
      [join('Maps', 'Sea.txt')]: 'Sea.txt 0\n',
    });
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(homeOf(folder), 'Books', manifestName), 'utf8')));
    expect(manifest).toMatchObject({
      account: 'ada@example.com',
      service: 'books',
      wholeAt: new Date(morning).toISOString(),
    });
    expect(manifest.files.map(({ name, items, bytes }) => ({ name, items, bytes }))).toEqual([
      { name: 'Hall.txt', items: 3, bytes: 33 },
      { name: 'Attic.txt', items: 2, bytes: 24 },
    ]);
  });

  test('takes the place of the one before it, file by file', async () => {
    const folder = temporaryFolder();
    await run(folder, { books: [file('Hall.txt', 3), file('Gone.txt', 1)] });
    await run(folder, { books: [file('Hall.txt', 1, 'new')] });
    expect(texts(folder)).toEqual({ [join('Mooring export', 'ada@example.com', 'Books', 'Hall.txt')]: 'new 0\n' });
    expect(readdirSync(homeOf(folder))).toEqual(['Books']);
  });

  test('of one service leaves that of another alone', async () => {
    const folder = temporaryFolder();
    await run(folder, { books: [file('Hall.txt', 1)], maps: [file('Sea.txt', 1)] }, { services: ['books', 'maps'] });
    await run(folder, { books: [file('Hall.txt', 2)] });
    expect(readdirSync(homeOf(folder))).toEqual(['Books', 'Maps']);
  });

  test('tells how far it is, and never backwards', async () => {
    const { progress } = await run(temporaryFolder(), { books: [file('A.txt', 950), file('B.txt', 450)] });
    expect(progress.length).toBeGreaterThan(6);
    for (const [index, { done, total }] of progress.entries()) {
      expect(total).toBe(1_400);
      expect(done).toBeGreaterThanOrEqual(progress[index - 1]?.done ?? 0);
      expect(done).toBeLessThanOrEqual(total);
    }
  });

  test('lets others have their turn while it is written', async () => {
    let turns = 0;
    let running = true;
    const count = () => {
      turns += 1;
      if (running) setImmediate(count);
    };
    setImmediate(count);
    await run(temporaryFolder(), { books: [file('A.txt', 10_000, '')] });
    running = false;
    expect(turns).toBeGreaterThan(20);
  });
});

describe('what is not an export’s own is never touched', () => {
  /** The folder that an export would take, with something else in it. */
  function taken(make: (place: string) => void): string {
    const folder = temporaryFolder();
    mkdirSync(homeOf(folder), { recursive: true });
    make(join(homeOf(folder), 'Books'));
    return folder;
  }

  test.each<[what: string, make: (place: string) => void]>([
    [
      'a folder of somebody else’s',
      (place) => {
        mkdirSync(place);
        writeFileSync(join(place, 'novel.txt'), 'chapter 1');
      },
    ],
    ['an empty folder without a manifest', (place) => mkdirSync(place)],
    ['a file', (place) => writeFileSync(place, 'novel')],
    [
      'a link to a folder',
      (place) => {
        const elsewhere = temporaryFolder();
        writeFileSync(join(elsewhere, 'novel.txt'), 'chapter 1');
        symlinkSync(elsewhere, place);
      },
    ],
    [
      'a folder whose manifest is another program’s',
      (place) => {
        mkdirSync(place);
        writeFileSync(join(place, manifestName), '{"format":"other"}');
      },
    ],
  ])('%s keeps its name, and the export is beside it', async (_what, make) => {
    const folder = taken(make);
    const before = contents(homeOf(folder));
    const done = await run(folder, { books: [file('Hall.txt', 1)] });
    expect(done.beside).toEqual(['ada@example.com/Books (2)']);
    expect(contents(homeOf(folder))).toMatchObject(before);
    expect(existsSync(join(homeOf(folder), 'Books (2)', 'Hall.txt'))).toBe(true);
    // And again: it is known by what is in it, not by its name.
    await run(folder, { books: [file('Hall.txt', 2)] });
    expect(readdirSync(homeOf(folder))).toEqual(['Books', 'Books (2)']);
  });

  test.each<[what: string, change: (place: string) => void]>([
    ['added to', (place) => writeFileSync(join(place, 'notes.txt'), 'mine')],
    ['changed', (place) => writeFileSync(join(place, 'Hall.txt'), 'mine')],
    ['taken from', (place) => rmSync(join(place, 'Hall.txt'))],
    ['given a folder', (place) => mkdirSync(join(place, 'more'))],
  ])('an export that a person has %s stays as they left it', async (_what, change) => {
    const folder = temporaryFolder();
    await run(folder, { books: [file('Hall.txt', 1)] });
    change(join(homeOf(folder), 'Books'));
    const before = contents(homeOf(folder));
    const done = await run(folder, { books: [file('Hall.txt', 2)] });
    expect(done.beside).toEqual(['ada@example.com/Books (2)']);
    expect(contents(homeOf(folder))).toMatchObject(before);
  });

  test('an export of another account under the same name stays', async () => {
    const folder = temporaryFolder();
    await run(folder, { books: [file('Hall.txt', 1)] });
    const done = await run(folder, { books: [file('Hall.txt', 2)] }, { accountId: 'grace' });
    expect(done.beside).toEqual(['ada@example.com/Books (2)']);
    expect(readFileSync(join(homeOf(folder), 'Books', 'Hall.txt'), 'utf8')).toBe('Hall.txt 0\n');
  });

  test('where no name is left, nothing is written', async () => {
    const folder = taken((place) => {
      mkdirSync(place);
      for (let n = 2; n <= 20; n += 1) mkdirSync(`${place} (${n})`);
    });
    const before = readdirSync(homeOf(folder));
    expect(await codeOf(run(folder, { books: [file('Hall.txt', 1)] }))).toBe('export-no-free-name');
    expect(readdirSync(homeOf(folder))).toEqual(before);
  });
});

describe('an export that fails or is cancelled leaves the one before it, and nothing else', () => {
  async function untouchedAfter(spoil: (folder: string) => Promise<string>, code: string) {
    const folder = temporaryFolder();
    await run(
      folder,
      { books: [file('Hall.txt', 1, 'before')], maps: [file('Sea.txt', 1)] },
      { services: ['books', 'maps'] },
    );
    const before = contents(folder);
    expect(await spoil(folder)).toBe(code);
    expect(contents(folder)).toEqual(before);
    expect(readdirSync(homeOf(folder))).toEqual(['Books', 'Maps']);
  }

  test('cancelled at any piece', async () => {
    for (const at of [0, 1, 199, 200, 399]) {
      const cancelling = new AbortController();
      const reason = new Error('cancelled');
      await untouchedAfter(async (folder) => {
        const files = {
          books: [file('Hall.txt', 3)],
          maps: [
            {
              name: 'Sea.txt',
              items: 800,
              *content() {
                for (let piece = 0; piece < 800; piece += 1) {
                  if (piece === at) cancelling.abort(reason);
                  yield 'x';
                }
              },
            },
          ],
        };
        const services = ['books', 'maps'];
        return run(folder, files, { services, signal: cancelling.signal }).then(
          () => 'done',
          (error: unknown) => (error === reason ? 'cancelled' : String(error)),
        );
      }, 'cancelled');
    }
  });

  test('by what could not be read', async () => {
    const torn: ExportedFile = {
      name: 'Sea.txt',
      items: 2,
      *content() {
        yield 'x';
        throw new Error('torn');
      },
    };
    await untouchedAfter((folder) => codeOf(run(folder, { books: [file('Hall.txt', 2), torn] })), 'export-failed');
  });

  test('because the disk is full', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    const torn: ExportedFile = {
      name: 'Sea.txt',
      items: 1,
      content() {
        throw full;
      },
    };
    await untouchedAfter((folder) => codeOf(run(folder, { books: [torn] })), 'export-disk-full');
  });

  test.runIf(process.getuid?.() !== 0)('because it may not write there (root may everywhere)', async () => {
    await untouchedAfter(async (folder) => {
      chmodSync(homeOf(folder), 0o500);
      const code = await codeOf(run(folder, { books: [file('Hall.txt', 2)] }));
      chmodSync(homeOf(folder), 0o700);
      return code;
    }, 'export-not-writable');
  });

  test('because the folder has gone while it was written', async () => {
    const folder = temporaryFolder();
    await run(folder, { books: [file('Hall.txt', 1)] });
    const away = `${folder} away`;
    onTestFinished(() => rmSync(away, { recursive: true, force: true }));
    const files = [
      file('Hall.txt', 2),
      {
        ...file('Attic.txt', 2),
        *content() {
          renameSync(folder, away);
          yield 'x';
        },
      },
    ];
    expect(await codeOf(run(folder, { books: files }))).toBe('export-folder-gone');
    expect(existsSync(folder)).toBe(false);
    expect(texts(join(homeOf(away), 'Books'))).toEqual({ 'Hall.txt': 'Hall.txt 0\n' });
  });
});

test.each([
  ['EROFS', 'export-not-writable'],
  ['EACCES', 'export-not-writable'],
  ['EDQUOT', 'export-disk-full'],
  ['EIO', 'export-failed'],
  ['ENOTDIR', 'export-folder-gone'],
])('what the system calls %s is %s', (code, expected) => {
  expect(asExportError(Object.assign(new Error(code), { code, syscall: 'write' })).problem.code).toBe(expected);
});

test('a folder that is not there is not made', async () => {
  const folder = join(temporaryFolder(), 'stick');
  expect(await codeOf(run(folder, { books: [file('Hall.txt', 1)] }))).toBe('export-folder-gone');
  expect(existsSync(folder)).toBe(false);
  writeFileSync(folder, '');
  expect(await codeOf(run(folder, { books: [file('Hall.txt', 1)] }))).toBe('export-folder-gone');
});

describe('killed', () => {
  test('while it is written, the one before is whole, and the next clears up', async () => {
    const folder = temporaryFolder();
    await run(folder, { books: [file('Hall.txt', 1, 'before')] });
    const child = fork(join(import.meta.dirname, 'endless.ts'), [folder], { execArgv: [] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(texts(join(homeOf(folder), 'Books'))).toEqual({ 'Hall.txt': 'before 0\n' });
    expect(readdirSync(homeOf(folder))).toEqual(['.mooring-new-Books', 'Books']);
    await run(folder, { books: [file('Hall.txt', 1, 'after')] });
    expect(texts(homeOf(folder))).toEqual({ [join('Books', 'Hall.txt')]: 'after 0\n' });
    expect(readdirSync(homeOf(folder))).toEqual(['Books']);
  });

  test('between the two renamings, the one before is put back by the next, whatever becomes of that', async () => {
    const folder = temporaryFolder();
    await run(folder, { books: [file('Hall.txt', 1, 'before')] });
    renameSync(join(homeOf(folder), 'Books'), join(homeOf(folder), '.mooring-former-Books'));
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(run(folder, { books: [file('Hall.txt', 1)] }, { signal })).rejects.toThrow('cancelled');
    expect(texts(homeOf(folder))).toEqual({ [join('Books', 'Hall.txt')]: 'before 0\n' });
  });

  test('after the second renaming, what is left of the one before goes', async () => {
    const folder = temporaryFolder();
    await run(folder, { books: [file('Hall.txt', 1, 'before')] });
    renameSync(join(homeOf(folder), 'Books'), join(homeOf(folder), '.mooring-former-Books'));
    mkdirSync(join(homeOf(folder), 'elsewhere'));
    await run(temporaryFolder(), {});
    const other = temporaryFolder();
    await run(other, { books: [file('Hall.txt', 1, 'new')] });
    renameSync(join(homeOf(other), 'Books'), join(homeOf(folder), 'Books'));
    await run(folder, { books: [file('Hall.txt', 1, 'newest')] });
    expect(readdirSync(homeOf(folder))).toEqual(['Books', 'elsewhere']);
  });

  test('what only looks like a rest of an export stays', async () => {
    const folder = temporaryFolder();
    for (const name of ['.mooring-new-Maps', '.mooring-former-Maps']) {
      mkdirSync(join(homeOf(folder), name), { recursive: true });
      writeFileSync(join(homeOf(folder), name, 'novel.txt'), 'chapter 1');
    }
    await run(folder, { books: [file('Hall.txt', 1)] });
    expect(readdirSync(homeOf(folder))).toEqual(['.mooring-former-Maps', '.mooring-new-Maps', 'Books']);
  });
});

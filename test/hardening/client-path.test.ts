import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readClientText } from '../../src/main/setup/client-path.ts';

const folder = mkdtempSync(join(tmpdir(), 'mooring-client-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const secret = 'GOCSPX-of-no-one';
writeFileSync(at('client.json'), secret);
writeFileSync(at('largest'), secret.padEnd(65_536));
writeFileSync(at('too-large'), secret.padEnd(65_537));
symlinkSync(at('client.json'), at('link'));
symlinkSync(at('nowhere'), at('broken'));
mkdirSync(at('folder'));

test('S17 an ordinary file is read, also through a link', async () => {
  expect(await readClientText(at('client.json'))).toEqual({ ok: true, text: secret });
  expect(await readClientText(at('link'))).toEqual({ ok: true, text: secret });
  expect(await readClientText(at('largest'))).toMatchObject({ ok: true });
});

test.each<[string, string]>([
  ['', 'client-file-unreadable'],
  [relative(process.cwd(), at('client.json')), 'client-file-unreadable'],
  [`${at('client.json')}\0`, 'client-file-unreadable'],
  [at('none'), 'client-file-unreadable'],
  [at('broken'), 'client-file-unreadable'],
  [at('folder'), 'client-file-unreadable'],
  [at('too-large'), 'client-file-refused'],
  [devNull === '/dev/null' ? '/dev/zero' : devNull, 'client-file-unreadable'],
])('S17 %j is refused, and what is in it is not said', async (path, code) => {
  const read = await readClientText(path);
  expect(read).toMatchObject({
    ok: false,
    problem: { code, sentence: expect.stringContaining('Nothing was changed') },
  });
  expect(JSON.stringify(read)).not.toContain(secret);
});

test.runIf(process.platform !== 'win32')('S17 a pipe that nobody writes to is not waited for', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  expect(await readClientText(at('pipe'))).toMatchObject({ ok: false, problem: { code: 'client-file-unreadable' } });
});

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiPage, readBytes, readText, signInAnswer } from '../../src/http/read-answer.ts';
import { startHostileServer } from './hostile-server.ts';

const reader = join(import.meta.dirname, 'hostile-reader.ts');

async function read(origin: string, place: string, kind: string): Promise<{ said: string; megabytes: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [reader, origin, place, kind]);
  return JSON.parse(stdout) as { said: string; megabytes: number };
}

const tooLarge: Readonly<Record<string, RegExp>> = {
  discovery: /^no-discovery$/,
  keys: /"code":"ANSWER_TOO_LARGE"/,
  token: /"code":"ANSWER_TOO_LARGE"/,
  revocation: /"code":"ANSWER_TOO_LARGE"/,
  picture: /^nothing$/,
  api: /"code":"ANSWER_TOO_LARGE"/,
};

describe.each(Object.keys(tooLarge))('S30 %s', (place) => {
  test.each(['endless', 'bomb'])(
    'an answer that is %s is cut off, named, and fills no memory',
    async (kind) => {
      await using server = await startHostileServer();
      const { said, megabytes } = await read(server.origin, place, kind);
      expect(said).toMatch(tooLarge[place]!);
      expect(megabytes).toBeLessThan(300);
      await expect.poll(server.cut).toBe(1);
    },
    60_000,
  );
});

describe.each(['token', 'api', 'keys'])('S30 %s', (place) => {
  test.each(['deep', 'full'])('an answer that is %s is refused before anything is built of it', async (kind) => {
    await using server = await startHostileServer();
    const { said, megabytes } = await read(server.origin, place, kind);
    // A page of an API may have as many values as this one.
    if (place === 'api' && kind === 'full') expect(said).toBe('something');
    else expect(said).toMatch(tooLarge[place]!);
    expect(megabytes).toBeLessThan(300);
  });
});

const limits = { bytes: 100, depth: 3, values: 5 };
async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const readIn = (text: string, size = 7) => readText(inPieces(Buffer.from(text), size), limits);

test.each([
  ['[[[[]]]]', 'depth'],
  ['[1,2,3,4,5,6,7]', 'values'],
  ['{"a":{},"b":{},"c":{}}', 'values'],
  ['x'.repeat(101), 'bytes'],
  ['"\\\\"[[[[', 'depth'],
])('S30 %s passes the limit of %s', async (text, limit) => {
  for (const size of [1, 2, 7, 1_000]) {
    await expect(readIn(text, size)).rejects.toMatchObject({ name: 'AnswerTooLarge', limit });
  }
});

test('S30 what stands in a string is no structure', async () => {
  for (const text of ['"[[[[[[{{{{{{,,,,,,,"', '{"\\"[[[[[":"\\\\","b":"]]],,,,,,"}']) {
    for (const size of [1, 3, 100]) expect(await readIn(text, size)).toBe(text);
  }
});

test('S30 whatever is within the limits is read as it is, in pieces of any size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 10 }), fc.integer({ min: 1, max: 50 }), async (text, size) => {
      expect(await readText(inPieces(Buffer.from(text), size), apiPage)).toBe(text);
      expect((await readBytes(inPieces(Buffer.from(text), size), 1_000_000)).toString()).toBe(text);
    }),
  );
  expect(await readText(null, signInAnswer)).toBe('');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '../../src');

/** What can make a connection past the one way out. A server, and a type, make none. */
const waysRound = [
  /(?<![.\w'“`{] ?)\bfetch\(/,
  /\bglobalThis\.fetch\b|\bnet\.(fetch|request)\b|\bnew (WebSocket|EventSource|XMLHttpRequest)\b/,
  /import (?!type )[^;]*\b(request|get|connect|createConnection|Agent)\b[^;]*from 'node:(http|https|net|tls|http2)'/,
  /import (?!type )[^;]*from '(undici|node-fetch|gaxios|https-proxy-agent)'/,
];

const passedIn = /\bfetch: Fetch\b|\bconst (\{ )?fetch\b|\bfetch,|\bfetch \}/;

/** The files that could, by their path below src. A call of a `fetch` that was passed in is no way round. */
function thatGoRound(): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => {
      const text = readFileSync(join(source, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      const [calls, ...others] = waysRound;
      return (calls?.test(text) && !passedIn.test(text)) || others.some((each) => each.test(text));
    })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

// The session bus is a socket of this computer.
test('S44 nothing but src/http makes a connection of its own', () => {
  expect(thatGoRound()).toEqual(['http/outgoing.ts', 'http/tunnel.ts', 'keytar/dbus.ts']);
});

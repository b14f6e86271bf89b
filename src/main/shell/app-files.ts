import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isOwnPage } from './own-page.ts';

/**
 * Nothing but what is in the package, no inline code, no workers, nothing sent anywhere, and no markup from text:
 * https://www.w3.org/TR/trusted-types/. `data:` is for the account's picture.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** On every answer, also on those that refuse. */
const always = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
};

/**
 * Answers requests from a list of files made once: a path that is not on the list, however it is written, is not found.
 * A link in the folder is on no list, wherever it points.
 */
export function appResponder(folder: string): (request: Request) => Promise<Response> {
  const files = new Map(filesIn(folder, ''));
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const path = isOwnPage(request.url) ? files.get(new URL(request.url).pathname) : undefined;
    if (path === undefined) return refuse(404);
    return new Response(request.method === 'HEAD' ? null : await readFile(path), {
      headers: { ...always, 'content-type': types[extname(path)] ?? 'application/octet-stream' },
    });
  };
}

const refuse = (status: number) => new Response(null, { status, headers: always });

/**
 * The files below a folder: the path by which each is asked for, and where it is. Walked here, because a recursive
 * `readdir` goes through links to folders, and Electron's archives answer it in ways of their own.
 */
function filesIn(folder: string, path: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const [place, below] = [join(folder, entry.name), `${path}/${entry.name}`];
    if (entry.isDirectory()) return filesIn(place, below);
    return entry.isFile() ? [[below, place] as [string, string]] : [];
  });
}

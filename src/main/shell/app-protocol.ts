import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { protocol } from 'electron';

const scheme = 'app';
export const origin = `${scheme}://ui`;
export const startPage = `${origin}/index.html`;

/** Nothing but what is in the package, no inline code, nothing sent anywhere. `data:` is for the account's picture. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
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

/** Must run before the app is ready: https://www.electronjs.org/docs/latest/api/protocol */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the renderer's files under `app://ui/`, each with the policy as a header. */
export function serveApp(folder: string): void {
  const answer = appResponder(folder);
  protocol.handle(scheme, answer);
}

/**
 * Answers requests from a list of files made once: a path that is not on the list, however it is written, leads nowhere.
 */
export function appResponder(folder: string): (request: Request) => Promise<Response> {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [`/${relative(folder, path).split(sep).join('/')}`, path];
      }),
  );
  return async (request) => {
    const url = new URL(request.url);
    const path = files.get(url.pathname);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    if (url.host !== 'ui' || path === undefined) return refuse(404);
    return new Response(request.method === 'HEAD' ? null : await readFile(path), {
      headers: {
        'content-type': types[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      },
    });
  };
}

const refuse = (status: number) => new Response(null, { status, headers: { 'content-security-policy': policy } });

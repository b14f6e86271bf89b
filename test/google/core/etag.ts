import type { Ctx } from './double.ts';

/**
 * Google answers 304 when the client already has this version.
 * @see https://developers.google.com/workspace/calendar/api/guides/version-resources
 */
export function withEtag(c: Ctx, etag: string, text: () => string): Response {
  const headers = {
    etag,
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'private, max-age=0, must-revalidate, no-transform',
    vary: 'Origin, X-Origin, Referer',
  };
  const known = (c.req.header('if-none-match') ?? '').split(/\s*,\s*/);
  if (known.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(text(), { headers });
}

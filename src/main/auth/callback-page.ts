import { createHash } from 'node:crypto';

/** What the browser shows when a sign-in has come to its end. */
export interface CallbackPage {
  readonly title: string;
  readonly text: string;
}

export const pages = {
  refused: {
    title: 'This answer was refused',
    text: 'It does not belong to the sign-in that Mooring is waiting for. Nothing was changed. Return to Mooring and follow the sign-in from there.',
  },
  asked: {
    title: 'Return to Mooring',
    text: 'Mooring did not open this browser, or its cookies are switched off, so it asks in its own window whether this was you. Nothing is stored before you have answered there.',
  },
  used: {
    title: 'This address was used already',
    text: 'Each address that Mooring opens works once. If you have the page of Google open elsewhere, go on there; if not, return to Mooring and choose “Open again”.',
  },
  otherUser: {
    title: 'Not for this user',
    text: 'Another user of this computer is signing in to Mooring. Nothing was changed.',
  },
  nothingHere: { title: 'Nothing here', text: 'This address is used only while Mooring signs somebody in.' },
} as const satisfies Record<string, CallbackPage>;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const style = `
:root { color-scheme: light dark; --ground: #f4f7f9; --ink: #14242e; --quiet: #4a5f6b; --card: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ground: #0e171d; --ink: #e8f0f4; --quiet: #a3b6c1; --card: #16232b; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 1.5rem; padding: 2rem 2.25rem; border-radius: 14px; background: var(--card); }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; } p { margin: 0; color: var(--quiet); }`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The page and the headers it goes with: no script, no form, nothing fetched, nothing stored, no referrer. */
export function renderCallbackPage(page: CallbackPage): { body: string; headers: Record<string, string> } {
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(page.title)} – Mooring</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.text)}</p></main></body>
</html>`;
  return { body, headers: { ...closedHeaders, 'content-type': 'text/html; charset=utf-8' } };
}

/** Headers of every answer of the listener, redirects included. */
export const closedHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  connection: 'close',
};

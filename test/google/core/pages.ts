import { html, raw } from 'hono/html';
import type { Double } from './double.ts';
import type { Person } from './model.ts';
import { pictureUrl } from './people.ts';
import { BASIC, describeScope } from './scopes.ts';

type Html = ReturnType<typeof html>;

/** The person chooses an account: one button each. */
export function chooserPage(transaction: string, app: string, people: Person[], issuer: string): Promise<Response> {
  const buttons = people.map(
    (person) => html`<li><button name="sub" value="${person.sub}">
      <img src="${pictureUrl(issuer, person)}" alt="" width="40" height="40">
      <span><strong>${person.name}</strong><br>${person.email}</span></button></li>`,
  );
  return page(html`<h1>Choose an account</h1>
    <p>to continue to <strong>${app}</strong></p>
    <form method="post" action="/signin/account">
      <input type="hidden" name="transaction" value="${transaction}">
      <ul class="people" aria-label="Accounts">${buttons}</ul>
    </form>`);
}

/**
 * The person sees what the app asks for. The basic scopes are listed; each other one can be refused. Continue comes
 * first, because Enter presses the first button of a form.
 */
export function consentPage(transaction: string, double: Double, person: Person, scopes: string[]) {
  const { issuer, parts } = double;
  const app = double.state.accounts.client.name;
  const basic = scopes.filter((scope) => BASIC.includes(scope));
  const others = scopes.filter((scope) => !BASIC.includes(scope));
  const boxes = others.map(
    (scope) => html`<li><label><input type="checkbox" name="scope" value="${scope}" checked>
      <span>${describeScope(scope, parts)}<br><small>${scope}</small></span></label></li>`,
  );
  return page(html`<h1>${app} wants access to your Google Account</h1>
    <p class="person"><img src="${pictureUrl(issuer, person)}" alt="" width="28" height="28"> ${person.email}</p>
    <form method="post" action="/signin/consent">
      <input type="hidden" name="transaction" value="${transaction}">
      ${boxes.length > 0 ? html`<fieldset><legend>Select what ${app} can access</legend><ul>${boxes}</ul></fieldset>` : ''}
      <p>${app} will also be able to:</p>
      <ul>${basic.map((scope) => html`<li>${describeScope(scope, parts)}</li>`)}</ul>
      <p class="actions">
        <button class="main" name="decision" value="continue">Continue</button>
        <button name="decision" value="cancel">Cancel</button>
      </p>
    </form>
    <form method="post" action="/signin/another">
      <input type="hidden" name="transaction" value="${transaction}">
      <button class="link">Use another account</button>
    </form>`);
}

/** Google's own error pages: the app never hears of them. */
export async function errorPage(status: number, error: string, explanation: string): Promise<Response> {
  return page(
    html`<h1>Access blocked: Authorization Error</h1>
    <p>${explanation}</p>
    <p>If you are a developer of this app, see the error details.</p>
    <p class="error"><strong>Error ${String(status)}: ${error}</strong></p>`,
    status,
  );
}

/** What a hotel's network says instead. */
export function captivePortal(): Response {
  return new Response('<!doctype html><title>Welcome</title><h1>Welcome to Hotel Wi-Fi</h1><p>Please log in.</p>', {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}

async function page(content: Html, status = 200): Promise<Response> {
  const text = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in – Google (double)</title>
<link rel="stylesheet" href="/signin/style.css">
</head>
<body>
<main>
<p class="brand">Sign in with the Google double <small>— a test server, not Google</small></p>
${content}
</main>
</body>
</html>`;
  return new Response(String(text), { status, headers: PAGE_HEADERS });
}

// `form-action` also governs where a form's answer redirects to, and that is the app's loopback address.
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' http:; base-uri 'none'; frame-ancestors 'none'",
};

export const STYLE = String(
  raw(`:root { color-scheme: light dark; --ink: #1f1f1f; --soft: #5f6368; --line: #c7c9cc; --ground: #f0f4f9;
  --card: #fff; --main: #0b57d0; --on-main: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e3e3; --soft: #a8abaf; --line: #4a4d51; --ground: #1b1b1c;
  --card: #0e0e0e; --main: #a8c7fa; --on-main: #062e6f; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 0 auto; padding: 2rem; background: var(--card); border-radius: 1.25rem; }
h1 { font-size: 1.6rem; font-weight: 500; line-height: 1.25; margin: 0 0 .5rem; }
.brand, small { color: var(--soft); }
ul { padding: 0; list-style: none; }
li { padding: .4rem 0; }
img { border-radius: 50%; vertical-align: middle; }
fieldset { border: 1px solid var(--line); border-radius: .75rem; padding: .5rem 1rem; }
label, .people button { display: flex; gap: .9rem; align-items: center; cursor: pointer; overflow-wrap: anywhere; }
input[type=checkbox] { inline-size: 1.15rem; block-size: 1.15rem; flex: none; }
button { font: inherit; color: inherit; cursor: pointer; border-radius: 1.25rem; border: 1px solid var(--line);
  padding: .5rem 1.4rem; background: transparent; }
button:focus-visible, input:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.people button { inline-size: 100%; text-align: start; border-radius: .75rem; padding: .6rem .8rem; }
.people button:hover { background: var(--ground); }
.main { background: var(--main); color: var(--on-main); border-color: var(--main); }
.link { border: 0; padding: .25rem 0; color: var(--main); text-decoration: underline; }
.actions { display: flex; justify-content: flex-end; gap: .75rem; }
.error { font-family: ui-monospace, monospace; }
`),
);

import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';
import { type Ctx, type Double, type Env, issued } from './double.ts';
import { IDENTITY_ENDPOINTS } from './endpoints.ts';
import { consent, issueCode, liveGrant } from './grants.ts';
import { takeKnob } from './misbehave.ts';
import { findPerson, type Person } from './model.ts';
import { chooserPage, consentPage, errorPage, STYLE } from './pages.ts';
import { BASIC, callbackScope } from './scopes.ts';

/** A sign-in under way in a browser; its id is opaque and good for one answer. */
interface Transaction {
  request: AuthorizationRequest;
  sub: string | null;
  expiresAt: number;
}

const TRANSACTION_LIFE = 30 * 60_000;

/**
 * The authorization endpoint and its pages.
 * @see https://developers.google.com/identity/protocols/oauth2/native-app
 */
export function authorizeRoutes(app: Hono<Env>, double: Double): void {
  const transactions = new Map<string, Transaction>();
  const { accounts } = double.state;

  function begin(request: AuthorizationRequest): string {
    const id = randomBytes(24).toString('base64url');
    transactions.set(id, { request, sub: null, expiresAt: double.now() + TRANSACTION_LIFE });
    return id;
  }

  async function resume(c: Ctx): Promise<{ id: string; transaction: Transaction; form: URLSearchParams } | undefined> {
    const form = new URLSearchParams(await c.req.text());
    const id = form.get('transaction') ?? '';
    const transaction = transactions.get(id);
    return transaction && transaction.expiresAt > double.now() ? { id, transaction, form } : undefined;
  }

  const choose = (id: string) => chooserPage(id, accounts.client.name, accounts.people, double.issuer);

  /** The person is known: refuse, ask for consent, or go straight back with a code. */
  async function withPerson(id: string, transaction: Transaction, person: Person): Promise<Response> {
    const { request } = transaction;
    const refused = policyPage(double, person);
    if (refused) return refused;
    transaction.sub = person.sub;
    const granted = liveGrant(accounts, person.sub, double.now())?.scopes ?? [];
    const asked = request.scopes.filter((scope) => !granted.includes(scope));
    if (asked.length === 0 && !request.prompt.includes('consent')) {
      transactions.delete(id);
      // Google gives a refresh token only where a person has just consented.
      return withCode(double, request, person, request.scopes, false);
    }
    return consentPage(id, double, person, request.scopes);
  }

  app.get(IDENTITY_ENDPOINTS.authorize, async (c) => {
    const request = readAuthorizationRequest(accounts.client, new URL(c.req.url), c.req.header('user-agent') ?? '');
    if ('error' in request) return errorPage(request.status, request.error, request.explanation);
    const hinted = findPerson(accounts, request.loginHint);
    if (request.prompt.includes('none')) return withoutPages(double, request, hinted);
    const id = begin(request);
    if (!hinted || request.prompt.includes('select_account')) return choose(id);
    return withPerson(id, transactions.get(id) as Transaction, hinted);
  });

  app.post('/signin/account', async (c) => {
    const resumed = await resume(c);
    if (!resumed) return expiredPage();
    const person = findPerson(accounts, resumed.form.get('sub') ?? undefined);
    return person ? withPerson(resumed.id, resumed.transaction, person) : choose(resumed.id);
  });

  app.post('/signin/another', async (c) => {
    const resumed = await resume(c);
    return resumed ? choose(resumed.id) : expiredPage();
  });

  app.post('/signin/consent', async (c) => {
    const resumed = await resume(c);
    const person = findPerson(accounts, resumed?.transaction.sub ?? undefined);
    if (!resumed || !person) return expiredPage();
    transactions.delete(resumed.id);
    const { request } = resumed.transaction;
    if (resumed.form.get('decision') !== 'continue') return toCallback(double, request, { error: 'access_denied' });
    const refused = policyPage(double, person);
    if (refused) return refused;
    const chosen = resumed.form.getAll('scope');
    const granted = request.scopes.filter((scope) => BASIC.includes(scope) || chosen.includes(scope));
    if (granted.length === 0) return toCallback(double, request, { error: 'access_denied' });
    consent(accounts, person.sub, request.scopes, granted, double.now());
    return withCode(double, request, person, granted, true);
  });

  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.get('/signin/style.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
}

/** The pages that say a person may not use this client. */
function policyPage(double: Double, person: Person): Promise<Response> | undefined {
  const { client } = double.state.accounts;
  if (client.deleted) return errorPage(401, 'deleted_client', 'The OAuth client was deleted.');
  if (client.internalTo !== null && client.internalTo !== person.hd) {
    return errorPage(403, 'org_internal', `${client.name} can only be used within its organization.`);
  }
  if (!person.blockedByAdmin) return undefined;
  return errorPage(
    400,
    'admin_policy_enforced',
    `Access to your account data is restricted by policies within your organization (${person.hd ?? person.email}).` +
      ' Please contact the administrator of your organization for more information.',
  );
}

function expiredPage(): Promise<Response> {
  return errorPage(400, 'invalid_request', 'This sign-in has expired or was already answered. Start again in the app.');
}

function withoutPages(double: Double, request: AuthorizationRequest, person: Person | undefined): Response {
  const granted = person && !person.blockedByAdmin ? liveGrant(double.state.accounts, person.sub, double.now()) : null;
  if (!person || !granted) return toCallback(double, request, { error: 'interaction_required' });
  const covered = request.scopes.every((scope) => granted.scopes.includes(scope));
  if (!covered) return toCallback(double, request, { error: 'consent_required' });
  return withCode(double, request, person, request.scopes, false);
}

function withCode(
  double: Double,
  request: AuthorizationRequest,
  person: Person,
  scopes: string[],
  consented: boolean,
): Response {
  const { redirectUri, challenge, nonce } = request;
  const offline = consented && request.offline;
  const given = { sub: person.sub, scopes, redirectUri, challenge, nonce, offline };
  const code = issueCode(double.state.accounts, given, double.now());
  issued(double, code);
  double.changed('accounts');
  return toCallback(double, request, {
    code,
    scope: callbackScope(scopes),
    authuser: '0',
    ...(person.hd && { hd: person.hd }),
    prompt: consented ? 'consent' : 'none',
  });
}

/** Back to the app (RFC 6749, section 4.1.2), with the issuer (RFC 9207). */
function toCallback(double: Double, request: AuthorizationRequest, parameters: Record<string, string>): Response {
  const wrong = takeKnob(double.misbehaviour, 'callback');
  const answer = new URLSearchParams();
  if (request.state !== null && wrong !== 'missing-state') {
    answer.set('state', wrong === 'wrong-state' ? `${request.state}x` : request.state);
  }
  if (wrong !== 'missing-iss')
    answer.set('iss', wrong === 'wrong-iss' ? 'https://accounts.example.com' : double.issuer);
  for (const [name, value] of Object.entries(parameters)) answer.set(name, value);
  const location = new URL(request.redirectUri);
  location.search = [location.search.slice(1), answer.toString()].filter(Boolean).join('&');
  const headers = { location: location.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return new Response(null, { status: 302, headers });
}

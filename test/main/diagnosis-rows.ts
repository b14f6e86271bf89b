import type { MetAt } from '../../src/contract/observation.ts';
import {
  api,
  apiError,
  apiSays,
  apiSilent,
  atGoogle,
  type Bring,
  behindProxy,
  clockApart,
  closedPort,
  dead,
  instead,
  keychainEmptied,
  keychainSays,
  nonceAsked,
  portal,
  token,
  tokenSays,
  tokenSilent,
  wire,
  withoutTls,
} from './diagnosis-bending.ts';
import { selfSigned } from './diagnosis-servers.ts';

type Where = MetAt | 'keychain';

interface More {
  /** Seconds until it is tried again, where Google has said so. */
  readonly after?: number;
  /** How a sign-in that meets it ends. */
  readonly outcome?: string;
}

/** One way for credentials to fail, and what the app has to make of it: kind, reason, action. */
export interface Row extends More {
  readonly at: Where;
  readonly what: string;
  readonly bring: Bring;
  readonly expected: `${string} ${string} ${string}`;
}

type Line = readonly [what: string, bring: Bring, expected: Row['expected'], more?: More];

const down = 'offline google-unavailable retry';
const limited = 'offline rate-limited retry';
const unreachable = 'offline no-network retry';
const intercepted = 'offline tls-failure retry';
const proxied = 'offline proxy-authentication retry';
const foreign = 'offline not-google retry';
const unknown = 'offline unexpected-answer retry';
const clock = 'offline clock-wrong retry';
const badCode = 'offline code-refused sign-in';
const fine = 'connected working none';
const item = 'waiting item-unavailable retry';
const scope = 'needs-permission scope-missing keep';
const denied = 'needs-permission consent-refused keep';
const admin = 'blocked-by-admin blocked-by-admin ask-admin';
const invalid = 'app-misconfigured client-invalid fix-client';
const deleted = 'app-misconfigured client-deleted fix-client';
const unsuitable = 'app-misconfigured client-unsuitable fix-client';
const internal = 'app-misconfigured client-internal fix-client';
const disabled = 'api-disabled api-disabled fix-client';
// Of one service, while the others go on.
const serviceDown = 'waiting google-unavailable retry';
const serviceLimited = 'waiting rate-limited retry';
const serviceSpent = 'waiting quota-exhausted retry';
const serviceUnknown = 'waiting unexpected-answer retry';
const revoked = 'needs-reconnect grant-revoked reconnect';
const ended = 'needs-reconnect session-expired reconnect';
const rejected = 'waiting google-unavailable retry';
const keyLost = 'needs-reconnect key-lost reconnect';
const gone = 'needs-reconnect grant-missing reconnect';
const locked = 'keychain-unavailable keychain-locked fix-keychain';
const corrupt = 'keychain-unavailable keychain-corrupt fix-keychain';
const keyless = 'keychain-unavailable keychain-unavailable fix-keychain';

const nothing: Bring = () => undefined;
const noSecret = { message: 'client_secret is missing.' };
const wrongSecret = { message: 'The provided client secret is invalid.' };

/** The authorization endpoint, as far as it comes back to the app: there, what it is called is what happens. */
const authorization: readonly Line[] = [
  ['access_denied', nothing, denied, { outcome: 'denied' }],
  ['admin_policy_enforced', nothing, admin, { outcome: 'blocked-by-admin' }],
  ['access_not_configured', nothing, admin, { outcome: 'blocked-by-admin' }],
  ['org_internal', nothing, internal, { outcome: 'client-internal' }],
  ['disallowed_useragent', nothing, unsuitable],
  ['redirect_uri_mismatch', nothing, unsuitable],
  ['invalid_request', nothing, unsuitable],
  ['invalid_scope', nothing, unsuitable, { outcome: 'client-unsuitable' }],
  ['unsupported_response_type', nothing, unsuitable],
  ['unauthorized_client', nothing, unsuitable],
  ['deleted_client', nothing, deleted, { outcome: 'client-deleted' }],
  ['invalid_client', nothing, invalid, { outcome: 'client-invalid' }],
  ['server_error', nothing, down, { outcome: 'google-unavailable' }],
  ['temporarily_unavailable', nothing, down],
  ['interaction_required', nothing, unknown, { outcome: 'refused-at-google' }],
];

/** The token endpoint, refreshing. */
const refresh: readonly Line[] = [
  ['nothing wrong', nothing, fine],
  ['a nonce is asked for', nonceAsked, fine],
  ['grant revoked', atGoogle((control, sub) => control.revokeGrant(sub)), revoked],
  ['six months unused', dead('idle-6-months'), revoked],
  ['seven days of testing', dead('testing-7-days'), revoked],
  ['described as “Bad Request”', dead('bad-request'), revoked],
  ['invalid_rapt', dead('invalid_rapt'), ended],
  ['rapt_required', tokenSays(400, { error: 'invalid_grant', error_subtype: 'rapt_required' }), ended],
  ['an unknown subtype', tokenSays(400, { error: 'invalid_grant', error_subtype: 'other' }), revoked],
  ['a subtype that is ours alone', tokenSays(400, { error: 'invalid_grant', error_subtype: 'clock-off' }), revoked],
  ['invalid_rapt without invalid_grant', tokenSays(400, { error: 'odd', error_subtype: 'invalid_rapt' }), unknown],
  ['invalid_rapt with 403', tokenSays(403, { error: 'invalid_grant', error_subtype: 'invalid_rapt' }), unknown],
  ['invalid_grant with 403', token(403, 'invalid_grant'), unknown],
  ['invalid_grant with 503', token(503, 'invalid_grant'), down],
  ['invalid_grant as HTML', tokenSays(400, '<p>invalid_grant'), foreign],
  ['admin_policy_enforced', token(400, 'admin_policy_enforced'), admin],
  ['access_not_configured', token(400, 'access_not_configured'), admin],
  ['secret missing', token(400, 'invalid_request', noSecret), invalid],
  ['secret wrong', atGoogle((control) => control.setClientSecret('GOCSPX-other')), invalid],
  ['client deleted', atGoogle((control) => control.deleteClient(true)), deleted],
  ['client disabled', token(401, 'disabled_client'), invalid],
  ['invalid_request', token(400, 'invalid_request', { message: 'Bad Request' }), unsuitable],
  ['something else about client_secret', token(400, 'odd', noSecret), unknown],
  ['unauthorized_client', token(401, 'unauthorized_client'), unsuitable],
  ['unsupported_grant_type', token(400, 'unsupported_grant_type'), unsuitable],
  ['invalid_scope', token(400, 'invalid_scope'), unsuitable],
  ['org_internal', token(403, 'org_internal'), internal],
  ['proof refused, clock right', token(400, 'invalid_dpop_proof'), keyLost],
  ['proof refused, clock wrong', clockApart, clock],
  ['proof refused with 403', token(403, 'invalid_dpop_proof'), unknown],
  ['nonce asked for without one', token(400, 'use_dpop_nonce'), unknown],
  ['500', token(500, 'odd'), down],
  ['599', token(599, 'odd'), down],
  ['600', tokenSays(600, { error: 'odd' }), unknown],
  ['499', token(499, 'odd'), unknown],
  ['503 for 30 seconds', token(503, 'odd', { retryAfter: 30 }), down, { after: 30 }],
  ['502 as HTML', tokenSays(502, '<p>Bad gateway', { 'retry-after': '9' }), down, { after: 9 }],
  ['408', token(408, 'odd'), down],
  ['internal_failure with 400', token(400, 'internal_failure', { retryAfter: 3 }), down, { after: 3 }],
  ['server_error with 400', token(400, 'server_error'), down],
  ['temporarily_unavailable with 401', token(401, 'temporarily_unavailable'), down],
  ['429', token(429, 'odd', { retryAfter: 7 }), limited, { after: 7 }],
  ['429 as HTML', tokenSays(429, portal), limited],
  ['slow_down', token(400, 'slow_down'), limited],
  ['unknown 403', token(403, 'odd'), unknown],
  ['unknown 401', token(401, 'odd'), unknown],
  ['access_denied', token(403, 'access_denied'), unknown],
  ['notFound', token(404, 'notFound'), unknown],
  ['portal, 200 HTML', wire('token', 'html'), foreign],
  ['portal, 302', tokenSays(302, portal, { location: '/login' }), foreign],
  ['JSON that is no token', tokenSays(200, { ok: true }), unknown],
  ['reply cut off', wire('token', 'truncate'), unreachable],
  ['reset', wire('token', 'drop'), unreachable],
  ['reply lost', wire('token', 'lost-reply'), unreachable],
  ['refused', closedPort('tokens'), unreachable],
  ['silence', tokenSilent, unreachable],
  ['self-signed certificate', instead('tokens', selfSigned), intercepted],
  ['not TLS at all', withoutTls('tokens'), intercepted],
  ['proxy asks for a password', behindProxy, proxied],
  ['407 in the open', tokenSays(407, portal), proxied],
];

/** The token endpoint, exchanging a code: whatever it says, the grant that is held stays as it is. */
const exchange: readonly Line[] = [
  [
    'code refused',
    token(400, 'invalid_grant', { message: 'Malformed auth code.' }),
    badCode,
    { outcome: 'code-refused' },
  ],
  ['invalid_rapt', tokenSays(400, { error: 'invalid_grant', error_subtype: 'invalid_rapt' }), badCode],
  ['secret missing', token(400, 'invalid_request', noSecret), invalid, { outcome: 'client-invalid' }],
  ['secret wrong', token(401, 'invalid_client', wrongSecret), invalid, { outcome: 'client-invalid' }],
  ['client deleted', token(401, 'deleted_client'), deleted, { outcome: 'client-deleted' }],
  ['unauthorized_client', token(400, 'unauthorized_client'), unsuitable, { outcome: 'client-unsuitable' }],
  ['admin_policy_enforced', token(400, 'admin_policy_enforced'), admin, { outcome: 'blocked-by-admin' }],
  ['proof refused, clock right', token(400, 'invalid_dpop_proof'), unknown],
  ['proof refused, clock wrong', clockApart, clock, { outcome: 'clock-wrong' }],
  ['503', token(503, 'odd'), down, { outcome: 'google-unavailable' }],
  ['server_error with 400', token(400, 'server_error'), down, { outcome: 'google-unavailable' }],
  ['429', token(429, 'odd'), limited, { outcome: 'rate-limited' }],
  ['unknown 403', token(403, 'odd'), unknown, { outcome: 'unexpected-answer' }],
  ['access_denied', token(403, 'access_denied'), unknown],
  ['portal, 200 HTML', wire('token', 'html'), foreign, { outcome: 'not-google' }],
  ['portal, 302', tokenSays(302, portal, { location: '/login' }), foreign, { outcome: 'not-google' }],
  ['reset', wire('token', 'drop'), unreachable, { outcome: 'no-network' }],
  ['refused', closedPort('tokens'), unreachable, { outcome: 'no-network' }],
  ['self-signed certificate', instead('tokens', selfSigned), intercepted, { outcome: 'tls-failure' }],
  ['proxy asks for a password', behindProxy, proxied, { outcome: 'proxy-authentication' }],
];

const forbidden = { errors: [{ reason: 'forbidden' }] };
const scopeDetail = { details: [{ '@type': 'other' }, { reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] };

/** https://www.rfc-editor.org/rfc/rfc6750#section-3 */
const bearerSays = (error: string) => ({ 'www-authenticate': `Bearer realm="x", error="${error}"` });

/** The Calendar API. */
const resource: readonly Line[] = [
  ['token expired, once', atGoogle((control) => control.expireAccessTokens()), fine],
  ['401 with a fresh token too', api(401, 'authError'), rejected],
  ['401, no reason but a status', apiError(401, { status: 'UNAUTHENTICATED' }), rejected],
  ['401 as HTML', apiSays(401, portal), foreign],
  ['401 as HTML, with its challenge', apiSays(401, portal, bearerSays('invalid_token')), rejected],
  ['scope missing, only in the challenge', apiSays(403, '', bearerSays('insufficient_scope')), scope],
  ['scope missing', apiError(403, { errors: [{ reason: 'insufficientPermissions' }] }), scope],
  ['scope missing, in details', apiError(403, { ...forbidden, ...scopeDetail }), scope],
  ['scope missing, only in details', apiError(403, { status: 'PERMISSION_DENIED', ...scopeDetail }), scope],
  ['API disabled', apiError(403, { errors: [{ reason: 'accessNotConfigured' }] }), disabled],
  ['API disabled, in details', apiError(403, { ...forbidden, details: [{ reason: 'SERVICE_DISABLED' }] }), disabled],
  ['rateLimitExceeded', api(403, 'rateLimitExceeded', { retryAfter: 5 }), serviceLimited, { after: 5 }],
  ['userRateLimitExceeded', api(403, 'userRateLimitExceeded'), serviceLimited],
  ['RATE_LIMIT_EXCEEDED', apiError(403, { details: [{ reason: 'RATE_LIMIT_EXCEEDED' }] }), serviceLimited],
  ['429', api(429, 'odd', { retryAfter: 60 }), serviceLimited, { after: 60 }],
  ['quotaExceeded', api(403, 'quotaExceeded', { retryAfter: 3600 }), serviceSpent, { after: 3600 }],
  ['quotaExceeded with 429', api(429, 'quotaExceeded'), serviceSpent],
  ['dailyLimitExceeded', api(403, 'dailyLimitExceeded'), serviceSpent],
  ['domainPolicy', api(403, 'domainPolicy'), admin],
  ['insufficientFilePermissions', api(403, 'insufficientFilePermissions'), item],
  ['404', api(404, 'notFound'), item],
  ['404, no reason but a status', apiError(404, { status: 'NOT_FOUND' }), item],
  ['404 as HTML', apiSays(404, portal), foreign],
  ['unknown 403', api(403, 'forbidden'), serviceUnknown],
  ['403 without any reason', apiError(403, {}), serviceUnknown],
  ['unknown 400', api(400, 'odd'), serviceUnknown],
  ['invalid_grant is nothing it says', api(400, 'invalid_grant'), serviceUnknown],
  ['backendError with 403', api(403, 'backendError'), serviceDown],
  ['503', api(503, 'odd', { retryAfter: 11 }), serviceDown, { after: 11 }],
  ['503 as HTML', apiSays(503, portal, { 'retry-after': '12' }), serviceDown, { after: 12 }],
  ['408', api(408, 'odd'), serviceDown],
  ['portal, 200 HTML', wire('calendarList', 'html'), foreign],
  ['portal, 302', apiSays(302, portal, { location: '/login' }), foreign],
  ['JSON cut off', wire('calendarList', 'truncate'), unreachable],
  ['reset', wire('calendarList', 'drop'), unreachable],
  ['refused', closedPort('api'), unreachable],
  ['silence', apiSilent, unreachable],
  // Of a 407 fetch says no more than that it failed: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
  ['407', apiSays(407, portal), proxied],
  ['self-signed certificate', instead('api', selfSigned), intercepted],
  ['not TLS at all', withoutTls('api'), intercepted],
];

/** This computer's keychain. */
const keychain: readonly Line[] = [
  ['locked', keychainSays('Cannot get secret of a locked object'), locked],
  ['denied', keychainSays('User canceled the operation.'), keyless],
  ['missing', keychainSays('No such object path ‘/org/freedesktop/secrets/aliases/default’'), keyless],
  ['corrupt', keychainSays('Key not valid for use in specified state.'), corrupt],
  ['the entry is gone', keychainEmptied, gone],
];

const tables = { authorization, refresh, 'code-exchange': exchange, 'resource-api': resource, keychain } as const;

export const rows: readonly Row[] = (Object.keys(tables) as Where[]).flatMap((at) =>
  tables[at].map(([what, bring, expected, more]) => ({ at, what, bring, expected, ...more })),
);

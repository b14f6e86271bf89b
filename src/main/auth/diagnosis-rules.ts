import type { ReasonCode } from '../../contract/connection.ts';
import type { Observation } from '../../contract/observation.ts';
import type { Diagnosis } from './diagnosis.ts';
import { clockOff } from './dpop-answers.ts';

type Finding = Pick<Diagnosis, 'kind' | 'action'>;

const retry = { kind: 'offline', action: 'retry' } as const;
const reconnect = { kind: 'needs-reconnect', action: 'reconnect' } as const;
const developer = { kind: 'app-misconfigured', action: 'fix-client' } as const;

/** What a failure can turn out to be, with the state it puts the account in and the one thing that helps. */
export const findings = {
  'no-network': retry,
  'tls-failure': retry,
  'authority-unknown': retry,
  'proxy-authentication': retry,
  'proxy-refused': retry,
  'proxy-unreachable': retry,
  'proxy-unusable': retry,
  'google-unavailable': retry,
  'rate-limited': retry,
  'quota-exhausted': retry,
  'not-google': retry,
  'unexpected-answer': retry,
  'answer-too-large': retry,
  'clock-wrong': retry,
  'code-refused': { kind: 'offline', action: 'sign-in' },
  'item-unavailable': { kind: 'connected', action: 'none' },
  'grant-revoked': reconnect,
  'session-expired': reconnect,
  'access-rejected': reconnect,
  'key-lost': reconnect,
  'scope-missing': { kind: 'needs-permission', action: 'keep' },
  'consent-refused': { kind: 'needs-permission', action: 'keep' },
  'blocked-by-admin': { kind: 'blocked-by-admin', action: 'ask-admin' },
  'client-invalid': developer,
  'client-deleted': developer,
  'client-unsuitable': developer,
  'client-internal': developer,
  'api-disabled': { kind: 'api-disabled', action: 'fix-client' },
} as const satisfies Partial<Record<ReasonCode, Finding>>;
export type FindingReason = keyof typeof findings;

/** What has to have been observed; a condition that is left out is met by anything. */
export interface Rule {
  readonly is: FindingReason;
  readonly kind?: Observation['kind'];
  readonly where?: Observation['where'];
  /** A status, or the first and the last of a range. */
  readonly status?: number | readonly [first: number, last: number];
  /** Any of these as `error`, or as the `reason` among an API error's details. */
  readonly error?: readonly string[];
  readonly subtype?: readonly string[];
  readonly description?: RegExp;
  /** The code of a network failure. */
  readonly code?: RegExp;
  /** The type of a body that could not be read. */
  readonly contentType?: RegExp;
}

/**
 * What an observation means: the first rule that it meets. Only proof of a dead grant leads to Reconnect: everything
 * that may pass by itself is waited out, and what only an administrator or the developer can mend is never put upon the
 * user. So whatever says that the answer is no judgement comes before every judgement.
 */
export const rules: readonly Rule[] = [
  // The way to Google. https://nodejs.org/api/tls.html#x509-certificate-error-codes, and OpenSSL's own (EPROTO).
  // Signed by somebody whom nobody here has named: an organisation’s own authority, as a rule.
  {
    is: 'authority-unknown',
    code: /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT(_LOCALLY)?|VERIFY_LEAF_SIGNATURE))$/,
  },
  { is: 'tls-failure', code: /^(CERT|CRL|UNABLE_TO|ERR_TLS|ERR_SSL|SELF_SIGNED|DEPTH_ZERO|HOSTNAME|ERROR_IN)_/ },
  { is: 'tls-failure', code: /^(EPROTO|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/ },
  // Google's endpoints do not redirect; whatever does is not Google.
  { is: 'not-google', code: /^REDIRECT$/ },
  { is: 'answer-too-large', code: /^ANSWER_TOO_LARGE$/ },
  // https://www.rfc-editor.org/rfc/rfc9110#field.proxy-authenticate
  { is: 'proxy-authentication', status: 407 },
  { is: 'proxy-authentication', code: /^PROXY_PASSWORD$/ },
  { is: 'proxy-refused', code: /^PROXY_REFUSED$/ },
  { is: 'proxy-unreachable', code: /^PROXY_UNREACHABLE$/ },
  { is: 'proxy-unusable', code: /^PROXY_UNUSABLE$/ },

  // Trouble that passes, also where it comes with a 4xx: RFC 6749, sections 4.1.2.1 and 5.2,
  // https://developers.google.com/identity/protocols/oauth2/native-app and
  // https://developers.google.com/workspace/calendar/api/guides/errors
  { is: 'google-unavailable', status: [500, 599] },
  { is: 'google-unavailable', status: 408 },
  {
    is: 'google-unavailable',
    error: ['internal_failure', 'server_error', 'temporarily_unavailable', 'backendError'],
  },
  { is: 'quota-exhausted', error: ['quotaExceeded', 'dailyLimitExceeded'] },
  { is: 'rate-limited', status: 429 },
  // `RATE_LIMIT_EXCEEDED`: https://cloud.google.com/apis/design/errors; `slow_down`: RFC 8628, section 3.5.
  { is: 'rate-limited', error: ['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED', 'slow_down'] },

  // An administrator's word: https://support.google.com/accounts/answer/16668185 and
  // https://developers.google.com/identity/protocols/oauth2#expiration
  { is: 'blocked-by-admin', error: ['admin_policy_enforced', 'access_not_configured', 'domainPolicy'] },
  // No document shows the token endpoint's answer: it may as well be the subtype of another error.
  { is: 'blocked-by-admin', subtype: ['admin_policy_enforced'] },

  // The app's registration: https://developers.google.com/identity/protocols/oauth2/native-app and
  // https://support.google.com/cloud/answer/15549257
  { is: 'client-deleted', error: ['deleted_client'] },
  { is: 'client-invalid', error: ['invalid_client', 'disabled_client'] },
  { is: 'client-internal', error: ['org_internal'] },
  // An installed app's secret is demanded, whatever the table says.
  { is: 'client-invalid', error: ['invalid_request'], description: /client_secret/ },
  {
    is: 'client-unsuitable',
    error: [
      'unauthorized_client',
      'unsupported_grant_type',
      'unsupported_response_type',
      'invalid_request',
      'invalid_scope',
      'redirect_uri_mismatch',
      'disallowed_useragent',
    ],
  },
  // https://developers.google.com/workspace/calendar/api/guides/errors, and in `details` https://google.aip.dev/193
  { is: 'api-disabled', where: 'resource-api', error: ['accessNotConfigured', 'SERVICE_DISABLED'] },

  // What the person has not allowed: RFC 6749, section 4.1.2.1, and insufficient scope at the API (RFC 6750, section 3.1).
  { is: 'consent-refused', where: 'authorization', error: ['access_denied'] },
  {
    is: 'scope-missing',
    where: 'resource-api',
    error: ['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'insufficient_scope'],
  },

  // One list, never the account.
  { is: 'item-unavailable', where: 'resource-api', error: ['insufficientFilePermissions', 'notFound', 'NOT_FOUND'] },

  // A proof that was refused (RFC 9449, section 5). Nothing is known of the grant where a wrong clock may have spoilt the
  // proof. Where the clock is right, Google has bound the grant to another key than ours, and only a new consent brings
  // a grant that is bound to ours.
  { is: 'clock-wrong', error: ['invalid_dpop_proof'], subtype: [clockOff] },
  { is: 'key-lost', where: 'refresh', status: 400, error: ['invalid_dpop_proof'] },

  // The grant is dead: RFC 6749, section 5.2, with Google's own subtypes. Google words all other causes alike, so the
  // description decides nothing. https://developers.google.com/identity/protocols/oauth2#expiration
  {
    is: 'session-expired',
    where: 'refresh',
    status: 400,
    error: ['invalid_grant'],
    subtype: ['invalid_rapt', 'rapt_required'],
  },
  { is: 'grant-revoked', where: 'refresh', status: 400, error: ['invalid_grant'] },
  // An exchange that fails says something of a code, never of the grant that is already held.
  { is: 'code-refused', where: 'code-exchange', error: ['invalid_grant'] },
  // The daemon reports a 401 only after a freshly refreshed token was refused as well. Whoever reads it has to know for how
  // long that has been so: see rejections.ts.
  { is: 'access-rejected', kind: 'answer', where: 'resource-api', status: 401 },

  // JSON is what Google speaks; a portal speaks HTML.
  { is: 'unexpected-answer', contentType: /\bjson\b/i },
];

/** What holds where no rule does. Among answers it is an unknown 403 that matters: it is asked again, slowly. */
export const otherwise: Readonly<Record<Observation['kind'], FindingReason>> = {
  network: 'no-network',
  unreadable: 'not-google',
  answer: 'unexpected-answer',
};

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Connection } from '../../src/contract/connection.ts';
import { MetAt, Observation } from '../../src/contract/observation.ts';
import { Standing } from '../../src/contract/standing.ts';
import { connected, diagnose, refreshing } from '../../src/main/auth/diagnosis.ts';
import { findings, rules } from '../../src/main/auth/diagnosis-rules.ts';
import { sentences } from '../../src/main/auth/diagnosis-sentences.ts';
import { clockOff } from '../../src/main/auth/dpop-answers.ts';
import { AuthFailure, observeException, observeTokenAnswer } from '../../src/main/auth/observe.ts';
import { readFailure } from '../../src/main/auth/sign-in-problems.ts';

const now = 1_800_000_000_000;
const network = (code: string): Observation => ({ kind: 'network', where: 'refresh', code });

test.each([
  ['ENOTFOUND', 'no-network'],
  ['EAI_AGAIN', 'no-network'],
  ['ECONNREFUSED', 'no-network'],
  ['ECONNRESET', 'no-network'],
  ['ENETUNREACH', 'no-network'],
  ['ETIMEDOUT', 'no-network'],
  ['UND_ERR_SOCKET', 'no-network'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'no-network'],
  ['UNKNOWN', 'no-network'],
  ['REDIRECT', 'not-google'],
  ['CERT_HAS_EXPIRED', 'tls-failure'],
  ['CERT_NOT_YET_VALID', 'tls-failure'],
  ['CRL_HAS_EXPIRED', 'tls-failure'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'authority-unknown'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'authority-unknown'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'authority-unknown'],
  ['PROXY_PASSWORD', 'proxy-authentication'],
  ['PROXY_REFUSED', 'proxy-refused'],
  ['PROXY_UNREACHABLE', 'proxy-unreachable'],
  ['PROXY_UNUSABLE', 'proxy-unusable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failure'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-failure'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failure'],
  ['ERROR_IN_CERT_NOT_BEFORE_FIELD', 'tls-failure'],
  ['HOSTNAME_MISMATCH', 'tls-failure'],
  ['INVALID_CA', 'tls-failure'],
  ['INVALID_PURPOSE', 'tls-failure'],
  ['PATH_LENGTH_EXCEEDED', 'tls-failure'],
  ['EPROTO', 'tls-failure'],
])('%s is %s', (code, reason) => {
  for (const where of MetAt.options) {
    expect(diagnose({ ...network(code), where }, now)).toMatchObject({
      kind: 'offline',
      reason,
      action: 'retry',
      retryAt: null,
    });
  }
});

describe('what an exception of fetch comes to', () => {
  const wrapped = (cause: object) => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), cause) });
  test.each([
    ['a system’s code, wrapped', wrapped({ code: 'ENOTFOUND' }), 'ENOTFOUND'],
    ['a time limit of the platform', wrapped({ name: 'TimeoutError', code: 23 }), 'ETIMEDOUT'],
    ['a time limit of gaxios', wrapped({ code: 'TimeoutError' }), 'ETIMEDOUT'],
    ['a redirect, to node-fetch', wrapped({ type: 'no-redirect' }), 'REDIRECT'],
    ['a redirect, to undici', new TypeError('fetch failed', { cause: new Error('unexpected redirect') }), 'REDIRECT'],
    ['nothing that is known', wrapped({ code: 'lower case' }), 'UNKNOWN'],
    ['an endless code', wrapped({ code: 'A'.repeat(100) }), 'UNKNOWN'],
    ['no error at all', 'boo', 'UNKNOWN'],
  ])('%s', (_name, error, code) => {
    expect(observeException('refresh', error)).toEqual({ kind: 'network', where: 'refresh', code });
  });
});

test('every finding has its own sentence, in words for a person', () => {
  expect(new Set(Object.values(sentences)).size).toBe(Object.keys(sentences).length);
  for (const reason of Object.keys(findings) as (keyof typeof findings)[]) {
    expect(sentences[reason].length).toBeGreaterThan(40);
    expect(sentences[reason]).not.toMatch(/[_{}<>]|\b[a-z]+[A-Z]/);
  }
  for (const fixed of [connected, refreshing]) Connection.parse(fixed);
});

const vocabulary = [...new Set(rules.flatMap(({ error = [] }) => error)), 'invalid_grant', 'odd'];
const word = fc.oneof(fc.constantFrom(...vocabulary), fc.string());
const subtype = fc.oneof(fc.constantFrom('invalid_rapt', 'rapt_required', clockOff, ...vocabulary), fc.string());
const where = fc.constantFrom(...MetAt.options);
const status = fc.oneof(fc.constantFrom(200, 302, 400, 401, 403, 404, 407, 408, 429, 499, 500, 503, 599), fc.integer());
const seconds = fc.oneof(fc.nat(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const answers = fc.record({
  kind: fc.constant('answer' as const),
  where,
  status,
  error: orNull(word),
  subtype: orNull(subtype),
  description: orNull(fc.oneof(fc.string(), fc.constant('client_secret is missing.'))),
  retryAfterSeconds: orNull(seconds),
});
const observations: fc.Arbitrary<Observation> = fc.oneof(
  answers,
  fc.record({
    kind: fc.constant('unreadable' as const),
    where,
    status,
    contentType: orNull(fc.oneof(fc.constantFrom('text/html', 'application/json; charset=utf-8'), fc.string())),
    retryAfterSeconds: orNull(seconds),
  }),
  fc.record({
    kind: fc.constant('network' as const),
    where,
    code: fc.oneof(fc.constantFrom('ENOTFOUND', 'EPROTO', 'CERT_REVOKED', 'ETIMEDOUT'), fc.string()),
  }),
);
/** Never in the past, and never further off than anything waits. */
const within = (retryAt: number, instant: number) => retryAt >= instant && retryAt <= instant + 86_400_000;
const runs = { numRuns: 2_000 };

describe('whatever is observed', () => {
  test('there is one state, one reason, one sentence, one action', () => {
    fc.assert(
      fc.property(observations, fc.nat(), (observation, instant) => {
        const connection = Connection.or(Standing).parse(diagnose(Observation.parse(observation), instant));
        const { reason, kind, action, sentence } = connection;
        expect({ kind, action }).toEqual(findings[reason as keyof typeof findings]);
        expect(sentence).toBe(sentences[reason as keyof typeof sentences]);
        expect(sentence).not.toBe('');
        if (connection.kind === 'offline') expect(within(connection.retryAt ?? instant, instant)).toBe(true);
      }),
      runs,
    );
  });

  test('only proof of a dead grant asks for Reconnect', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        if (diagnose(observation, now).kind !== 'needs-reconnect') return;
        if (observation.kind === 'answer' && observation.where === 'refresh') {
          expect(observation.status).toBe(400);
          expect(observation.error).toMatch(/^(invalid_grant|invalid_dpop_proof)$/);
        } else expect(observation).toMatchObject({ kind: 'answer', where: 'resource-api', status: 401 });
      }),
      runs,
    );
  });

  test('a failed code exchange, or authorization, condemns nothing that is stored', () => {
    fc.assert(
      fc.property(observations, fc.constantFrom('code-exchange', 'authorization'), (observation, place) => {
        expect(diagnose({ ...observation, where: place } as Observation, now).kind).not.toBe('needs-reconnect');
      }),
      runs,
    );
  });

  test('trouble that passes is waited out, whatever else is said with it', () => {
    const passing = fc.oneof(fc.integer({ min: 500, max: 599 }), fc.constantFrom(408, 429));
    fc.assert(
      fc.property(observations, passing, (observation, code) => {
        if (observation.kind === 'network') return;
        expect(diagnose({ ...observation, status: code }, now)).toMatchObject({ kind: 'offline', action: 'retry' });
      }),
      runs,
    );
  });

  test('nothing that was sent is quoted to a person', () => {
    const secret = fc
      .stringMatching(/^[\w-]{12,40}$/)
      .map((text) => `${text}Zq7`)
      .chain((text) => fc.constantFrom(text, `1//0${text}`, `ya29.${text}`, `4/0${text}`));
    fc.assert(
      fc.property(observations, secret, (observation, text) => {
        const leaky = {
          answer: { description: text, subtype: text },
          unreadable: { contentType: text },
          network: { code: text },
        }[observation.kind];
        const spoilt = { ...observation, ...leaky } as Observation;
        expect(JSON.stringify(diagnose(spoilt, now))).not.toContain(text);
        expect(JSON.stringify(readFailure(new AuthFailure(spoilt), now))).not.toContain(text);
        expect(new AuthFailure(spoilt).message).not.toContain(text);
      }),
      runs,
    );
  });
});

test('any answer of a token endpoint can be observed', () => {
  const headers = fc.dictionary(fc.constantFrom('retry-after', 'date', 'content-type'), fc.stringMatching(/^[ -~]*$/));
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), headers, fc.anything(), (code, given, data) => {
      const observation = observeTokenAnswer('refresh', { status: code, headers: new Headers(given), data });
      Connection.or(Standing).parse(diagnose(Observation.parse(observation), now));
    }),
    runs,
  );
});

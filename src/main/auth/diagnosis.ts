import type { Connection, ReasonCode } from '../../contract/connection.ts';
import type { Observation } from '../../contract/observation.ts';
import type { Standing } from '../../contract/standing.ts';
import { type FindingReason, findings, otherwise, type Rule, rules } from './diagnosis-rules.ts';
import { sentences } from './diagnosis-sentences.ts';

/** What a failure says of an account, or of one service of it. */
export type Diagnosis = Connection | Extract<Standing, { kind: 'needs-permission' | 'api-disabled' }>;

/**
 * What an observed failure means, in the one vocabulary the whole app speaks: the first of the {@link rules} that it
 * meets. Pure and total; `now` in epoch milliseconds. What the keychain answers goes through `keychainState`.
 */
export function diagnose(observation: Observation, now: number): Diagnosis {
  const reason = rules.find((rule) => meets(observation, rule))?.is ?? otherwise[observation.kind];
  return diagnosisOf(reason, retryAt(observation, now));
}

/** What a failure that was not met at a service's API says of the connection: what only an API can say, says nothing here. */
export function connectionOf(diagnosis: Diagnosis): Connection {
  if (diagnosis.kind !== 'needs-permission' && diagnosis.kind !== 'api-disabled') return diagnosis;
  return { ...findings['unexpected-answer'], ...wordsOf('unexpected-answer'), retryAt: null };
}

const wordsOf = (reason: FindingReason) => ({ reason, sentence: sentences[reason] });

function meets(observation: Observation, rule: Rule): boolean {
  const { kind, where, status, error, subtype, description, code, contentType } = rule;
  const answer = observation.kind === 'answer' ? observation : null;
  return (
    (kind === undefined || kind === observation.kind) &&
    (where === undefined || where === observation.where) &&
    (status === undefined || ('status' in observation && within(status, observation.status))) &&
    (error === undefined || (answer !== null && names(answer).some((name) => error.includes(name)))) &&
    (subtype === undefined || subtype.includes(answer?.subtype ?? '')) &&
    (description === undefined || description.test(answer?.description ?? '')) &&
    (code === undefined || (observation.kind === 'network' && code.test(observation.code))) &&
    (contentType === undefined ||
      (observation.kind === 'unreadable' && contentType.test(observation.contentType ?? '')))
  );
}

function within(wanted: NonNullable<Rule['status']>, status: number): boolean {
  const [first, last] = typeof wanted === 'number' ? [wanted, wanted] : wanted;
  return status >= first && status <= last;
}

/** The API may say the telling word in its details only: https://google.aip.dev/193 */
const names = ({ where, error, subtype }: Extract<Observation, { kind: 'answer' }>): readonly string[] =>
  [error, where === 'resource-api' ? subtype : null].filter((name) => name !== null);

/** No pause is longer, whatever was asked for: the daemon tries again after a day too. */
const longestPause = 86_400_000;

/** When Google wants to be asked again; null when it did not say. */
function retryAt(observation: Observation, now: number): number | null {
  const seconds = observation.kind === 'network' ? null : (observation.retryAfterSeconds ?? null);
  return seconds === null ? null : now + Math.min(Math.max(0, seconds * 1000), longestPause);
}

function diagnosisOf(reason: FindingReason, retryAt: number | null): Diagnosis {
  const finding = findings[reason];
  const base = wordsOf(reason);
  switch (finding.kind) {
    case 'offline':
      return { ...finding, ...base, retryAt };
    case 'needs-reconnect':
      return { ...finding, ...base, likely: [] };
    case 'connected':
    case 'needs-permission':
    case 'blocked-by-admin':
    case 'app-misconfigured':
    case 'api-disabled':
      return { ...finding, ...base };
    default:
      return finding satisfies never;
  }
}

const reconnect = (reason: ReasonCode & keyof typeof sentences): Connection => ({
  kind: 'needs-reconnect',
  reason,
  sentence: sentences[reason],
  action: 'reconnect',
  likely: [],
});

/** Google's own trouble, which passes. */
export const googleTrouble: Diagnosis = diagnosisOf('google-unavailable', null);

export const connected: Connection = {
  kind: 'connected',
  reason: 'working',
  sentence: sentences.working,
  action: 'none',
};

export const refreshing: Connection = {
  kind: 'refreshing',
  reason: 'refreshing',
  sentence: sentences.refreshing,
  action: 'none',
};

/** The keychain's entry opens another account's data: it was swapped, and is not used. */
export const grantSwapped: Connection = reconnect('grant-swapped');

/** The keychain holds nothing for an account that was connected. */
export const grantMissing: Connection = reconnect('grant-missing');

/** The keychain holds a refresh token, but not the key it is bound to (RFC 9449): Google takes neither without the other. */
export const keyLost: Connection = reconnect('key-lost');

/** The keychain holds a refresh token that was given to another client: Google would call it dead, and it is not. */
export const clientChanged: Connection = reconnect('client-changed');

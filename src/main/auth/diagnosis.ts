import type { Connection, ReasonCode } from '../../contract/connection.ts';
import type { Observation } from '../../contract/observation.ts';
import { type FindingReason, findings, otherwise, type Rule, rules } from './diagnosis-rules.ts';
import { sentences } from './diagnosis-sentences.ts';

/**
 * What an observed failure means, in the one vocabulary the whole app speaks: the first of the {@link rules} that it
 * meets. Pure and total; `now` in epoch milliseconds. What the keychain answers goes through `keychainState`.
 */
export function diagnose(observation: Observation, now: number): Connection {
  const reason = rules.find((rule) => meets(observation, rule))?.is ?? otherwise[observation.kind];
  return connectionFor(reason, retryAt(observation, now));
}

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

function connectionFor(reason: FindingReason, retryAt: number | null): Connection {
  const { kind, action } = findings[reason];
  const base = { reason, sentence: sentences[reason], action };
  switch (kind) {
    case 'offline':
      return { kind, ...base, retryAt };
    case 'needs-reconnect':
      return { kind, ...base, likely: [] };
    case 'needs-permission':
      return { kind, ...base, scopes: [] };
    case 'connected':
    case 'blocked-by-admin':
    case 'app-misconfigured':
      return { kind, ...base };
    default:
      return kind satisfies never;
  }
}

const reconnect = (reason: ReasonCode & keyof typeof sentences): Connection => ({
  kind: 'needs-reconnect',
  reason,
  sentence: sentences[reason],
  action: 'reconnect',
  likely: [],
});

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

/** Some of what Mooring asked for was not granted. */
export function permissionMissing(scopes: string[]): Connection {
  return {
    kind: 'needs-permission',
    reason: 'scope-missing',
    sentence: sentences['scope-missing'],
    action: 'grant-permission',
    scopes,
  };
}

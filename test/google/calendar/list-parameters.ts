import { badParameter, unsupported } from '../core/errors.ts';

/** What the parameters of a list method are checked against. */
export interface ListRules {
  defaultSize: number;
  maxSize: number;
  /** Parameters that must not come with a sync token. */
  notWithSyncToken: readonly string[];
  /** Parameters that must not be `false` with a sync token. */
  notFalseWithSyncToken: readonly string[];
  /** Parameters of the first request that a sync token does not bind. */
  unboundBySyncToken: readonly string[];
}

/** `singleEvents=true` and searches are not supported by the double: the app mirrors masters and exceptions. */
export function checkEventsQuery(query: URLSearchParams): Response | undefined {
  if (query.get('singleEvents') === 'true') return unsupported('singleEvents');
  const syncing = query.has('syncToken');
  const other = ['q', 'orderBy', 'iCalUID', 'updatedMin', 'privateExtendedProperty', 'sharedExtendedProperty'];
  const named = other.find((name) => query.has(name));
  if (named && !syncing) return unsupported(named);
  const wrong = ['timeMin', 'timeMax'].find((name) => Number.isNaN(timeOf(query, name) ?? 0));
  if (wrong) return badParameter(wrong, 'Bad Request', 'badRequest');
  const [timeMin, timeMax] = [timeOf(query, 'timeMin'), timeOf(query, 'timeMax')];
  if (timeMin === undefined || timeMax === undefined || timeMin < timeMax) return undefined;
  return badParameter('timeMax', 'The specified time range is empty.', 'timeRangeEmpty');
}

/** A sync token does not go with parameters that say what to list. */
export function checkSyncToken(query: URLSearchParams, method: ListRules): Response | undefined {
  if (!query.has('syncToken')) return undefined;
  const forbidden = method.notWithSyncToken.find((name) => query.has(name));
  const denied = method.notFalseWithSyncToken.find((name) => query.get(name) === 'false');
  const named = forbidden ?? denied;
  if (!named) return undefined;
  return badParameter('syncToken', `Sync token cannot be used with ${denied ? `${named}=false` : named}.`);
}

/** An RFC 3339 time, which needs an offset; NaN when it has none. */
export function timeOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  return /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** How many items a page has; more than the most is cut to it. */
export function sizeOf(query: URLSearchParams, method: ListRules): number | Response {
  const text = query.get('maxResults');
  if (text === null) return method.defaultSize;
  if (!/^[1-9]\d*$/.test(text)) return badParameter('maxResults', `Invalid integer value: '${text}'.`);
  return Math.min(Number(text), method.maxSize);
}

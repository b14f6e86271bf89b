import { randomBytes } from 'node:crypto';
import type { Double } from './double.ts';
import { type Selector, select } from './fields.ts';
import { digest, seal, unseal } from './seal.ts';

/** What a list looked like when its first page was read: the pages that follow do not move. */
export interface Snapshot {
  id: string;
  sub: string;
  /** The parameters of the first page; a page token is good for the same ones only. */
  digest: string;
  items: readonly object[];
  /** What only the last page says, as `nextSyncToken`. */
  last: Readonly<Record<string, string>>;
  etag: string;
  /** Whether some of the pages come empty, with a page token. */
  emptyPages: boolean;
}

/**
 * What a half-broken Google does to its lists: pages that lead to themselves, a last page without a token to ask by, or
 * every second item left out, once from each long list.
 */
export type Upset = 'circle' | 'no-mark' | 'half';

/** The lists being paged through. They are not saved: page tokens do not outlive the double. */
export type Listings = Map<string, Snapshot>;

/** One page: its items, and what its head says of the reading. */
export interface Page {
  items: readonly object[];
  etag: string;
  head: Readonly<Record<string, string>>;
}

interface PageToken {
  snapshot: string;
  offset: number;
  page: number;
}

const SNAPSHOTS_KEPT = 200;

/** Parameters that say how to answer, not what. */
export const NOT_BOUND = ['pageToken', 'maxResults', 'fields', 'alt', 'key', 'prettyPrint', 'quotaUser', 'userIp'];

/** A digest of the parameters that bind a token. */
export function digestOf(query: URLSearchParams, without: readonly string[]): string {
  return digest([...query].filter(([name]) => !without.includes(name)));
}

/** Freezes a list. The oldest of many frozen lists is forgotten. */
export function freeze(double: Double, snapshot: Omit<Snapshot, 'id'>): Snapshot {
  const { lists, halved } = double.upset;
  const halves = lists === 'half' && snapshot.items.length > 50 && !halved.has(snapshot.digest);
  if (halves) halved.add(snapshot.digest);
  const items = halves ? snapshot.items.filter((_, index) => index % 2 === 0) : snapshot.items;
  const frozen = { id: randomBytes(9).toString('base64url'), ...snapshot, items };
  double.listings.set(frozen.id, frozen);
  const oldest = double.listings.keys().next().value;
  if (double.listings.size > SNAPSHOTS_KEPT && oldest) double.listings.delete(oldest);
  return frozen;
}

/** Where a page token leads, or undefined when it is unknown, expired, somebody else's, or for other parameters. */
export function followPageToken(double: Double, token: string, sub: string, digest: string) {
  const position = unseal(double.state.accounts.sealKey, token) as PageToken | undefined;
  const snapshot = position && double.listings.get(position.snapshot);
  if (!position || !snapshot || snapshot.sub !== sub || snapshot.digest !== digest) return undefined;
  return { snapshot, offset: position.offset, page: position.page };
}

/**
 * One page. A page may be short, or empty with a page token.
 * @see https://developers.google.com/workspace/calendar/api/guides/sync
 */
export function readPage(double: Double, snapshot: Snapshot, offset: number, page: number, size: number): Page {
  const empty = snapshot.emptyPages && page % 5 === 1;
  const end = empty ? offset : offset + Math.min(size, double.upset.pageSize);
  const etag = `"${snapshot.etag}${page ? `.${page}` : ''}"`;
  const items = snapshot.items.slice(offset, end);
  const { lists } = double.upset;
  if (lists === 'circle') {
    const itself: PageToken = { snapshot: snapshot.id, offset, page };
    return { items, etag, head: { nextPageToken: seal(double.state.accounts.sealKey, itself) } };
  }
  if (end >= snapshot.items.length && !empty) {
    return { items, etag, head: lists === 'no-mark' ? {} : snapshot.last };
  }
  const next: PageToken = { snapshot: snapshot.id, offset: end, page: page + 1 };
  return { items, etag, head: { nextPageToken: seal(double.state.accounts.sealKey, next) } };
}

/** The JSON text of a list whose items have the given name. Items never change, so each is put into words once. */
export function listText(
  head: object,
  name: string,
  items: readonly object[],
  fields: Selector | undefined,
  key: string,
): string {
  const { [name]: inItems, ...inHead } = fields ?? {};
  const wanted = fields ? (inItems ?? fields['*']) : 'all';
  const headText = JSON.stringify(fields ? select(head, inHead) : head);
  if (!wanted) return headText;
  const texts = textsFor(wanted === 'all' ? '' : key);
  const all = items.map((item) => {
    const text = texts.get(item) ?? JSON.stringify(select(item, wanted));
    texts.set(item, text);
    return text;
  });
  return `${headText.slice(0, -1)}${headText === '{}' ? '' : ','}${JSON.stringify(name)}:[${all.join(',')}]}`;
}

const textsByFields = new Map<string, WeakMap<object, string>>();

function textsFor(fields: string): WeakMap<object, string> {
  if (textsByFields.size > 20) textsByFields.clear();
  const texts = textsByFields.get(fields) ?? new WeakMap<object, string>();
  textsByFields.set(fields, texts);
  return texts;
}

import type { people_v1 } from '@googleapis/people';
import type { Hono } from 'hono';
import { personFor } from '../core/access.ts';
import type { Ctx, Double, Env } from '../core/double.ts';
import { errorInfo, rpcError } from '../core/errors.ts';
import { fieldsOf } from '../core/fields.ts';
import { digestOf, followPageToken, freeze, listText, NOT_BOUND, readPage } from '../core/listing.ts';
import type { Api } from '../core/part.ts';
import { bookOf, type ContactLibrary, type Group, isOther, type Person, type Row } from './model.ts';
import { photoRoutes, withPhotos } from './photos.ts';
import { readToken, type SyncToken, sealToken, toldVersion } from './sync-token.ts';

export const API: Api = { name: 'People API', product: 'People', service: 'people.googleapis.com' };

export const ENDPOINTS = {
  connections: '/v1/people/me/connections',
  otherContacts: '/v1/otherContacts',
  contactGroups: '/v1/contactGroups',
  contactPhoto: '/contact-photos/:photo',
} as const;

const CONTACTS = 'https://www.googleapis.com/auth/contacts';
const OTHERS = `${CONTACTS}.other.readonly`;

/** What the consent page says of each. */
export const SCOPE_WORDS: Readonly<Record<string, string>> = {
  [CONTACTS]: 'See, edit, download, and permanently delete your contacts',
  [`${CONTACTS}.readonly`]: 'See and download your contacts',
  [OTHERS]: 'See and download contact info automatically saved in your “Other contacts”',
};

const PERSON_FIELDS = [
  ...['addresses', 'ageRanges', 'biographies', 'birthdays', 'calendarUrls', 'clientData', 'coverPhotos'],
  ...['emailAddresses', 'events', 'externalIds', 'genders', 'imClients', 'interests', 'locales', 'locations'],
  ...['memberships', 'metadata', 'miscKeywords', 'names', 'nicknames', 'occupations', 'organizations', 'phoneNumbers'],
  ...['photos', 'relations', 'sipAddresses', 'skills', 'urls', 'userDefined'],
];
const OTHER_FIELDS = ['emailAddresses', 'metadata', 'names', 'phoneNumbers', 'photos'];

/** One of the three lists, as it is asked. */
interface ListMethod<T extends object> {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly size: { readonly usual: number; readonly most: number };
  /** The parameter that names the fields, where one has to. */
  readonly mask: { readonly name: string; readonly allowed: readonly string[] } | null;
  /** What the number of all items is called. */
  readonly total: keyof people_v1.Schema$ListConnectionsResponse | keyof people_v1.Schema$ListOtherContactsResponse;
  /** Whether a sync token is given only to who asks for one. */
  readonly onRequest: boolean;
  rows(sub: string): Row<T>[];
  /** An item as it is told; `gone` of what was deleted. */
  tell(
    row: Row<T>,
    item: T,
    fields: readonly string[],
    told: { changes: boolean; gone: boolean; merged: boolean },
  ): object;
}

/**
 * People v1, the three lists that a mirror reads.
 * @see https://developers.google.com/people/api/rest
 */
export function contactRoutes(app: Hono<Env>, double: Double, library: ContactLibrary): void {
  const people = (other: boolean) => (sub: string) =>
    Object.values(bookOf(library, sub).people).filter(({ now }) => isOther(now.resourceName ?? '') === other);

  serve<Person>(app, double, library, ENDPOINTS.connections, {
    name: 'connections',
    total: 'totalItems',
    scopes: [CONTACTS, `${CONTACTS}.readonly`],
    size: { usual: 100, most: 1_000 },
    mask: { name: 'personFields', allowed: PERSON_FIELDS },
    onRequest: true,
    rows: people(false),
    tell: (...given) => tellPerson(double, ...given),
  });
  serve<Person>(app, double, library, ENDPOINTS.otherContacts, {
    name: 'otherContacts',
    total: 'totalSize',
    scopes: [OTHERS],
    size: { usual: 100, most: 1_000 },
    mask: { name: 'readMask', allowed: OTHER_FIELDS },
    onRequest: true,
    rows: people(true),
    tell: (...given) => tellPerson(double, ...given),
  });
  serve<Group>(app, double, library, ENDPOINTS.contactGroups, {
    name: 'contactGroups',
    total: 'totalItems',
    scopes: [CONTACTS, `${CONTACTS}.readonly`],
    size: { usual: 30, most: 1_000 },
    mask: null,
    onRequest: false,
    rows: (sub) => Object.values(bookOf(library, sub).groups),
    tell: (_row, group, _fields, { gone }) =>
      gone ? { resourceName: group.resourceName, metadata: { deleted: true } } : group,
  });
  photoRoutes(app, ENDPOINTS.contactPhoto);
}

function tellPerson(
  double: Double,
  { previous }: Row<Person>,
  person: Person,
  fields: readonly string[],
  { changes, gone, merged }: { changes: boolean; gone: boolean; merged: boolean },
): Person {
  const { resourceName, etag, metadata } = person;
  if (gone) return { resourceName: resourceName ?? null, etag: etag ?? null, metadata: { ...metadata, deleted: true } };
  const told = Object.fromEntries(Object.entries(person).filter(([name]) => fields.includes(name))) as Person;
  const renamed = changes && previous.length > 0 ? { previousResourceNames: previous } : {};
  return withPhotos(double.issuer, {
    resourceName: resourceName ?? null,
    etag: etag ?? null,
    ...told,
    ...(fields.includes('metadata') && { metadata: { ...metadata, ...renamed } }),
    // Unless only contacts are asked for, what people say of themselves is mixed in.
    ...(merged && told.names && { names: [...told.names, { displayName: 'From a profile' }] }),
  });
}

function serve<T extends object>(
  app: Hono<Env>,
  double: Double,
  library: ContactLibrary,
  path: string,
  method: ListMethod<T>,
): void {
  app.get(path, (c) => {
    const sub = personFor(double, c, API, method.scopes);
    return sub instanceof Response ? sub : list(double, library, c, sub, method);
  });
}

function list<T extends object>(
  double: Double,
  library: ContactLibrary,
  c: Ctx,
  sub: string,
  method: ListMethod<T>,
): Response {
  const query = new URL(c.req.url).searchParams;
  const { mask, size } = method;
  const fields = mask === null ? [] : (query.get(mask.name) ?? '').split(',').filter(Boolean);
  if (mask !== null && fields.length === 0) return rpcError({ status: 400, message: `${mask.name} mask is required.` });
  const strange = fields.find((field) => !mask?.allowed.includes(field));
  if (strange) return rpcError({ status: 400, message: `Invalid ${mask?.name} mask path: "${strange}".` });
  const wanted = query.get('pageSize') ?? String(size.usual);
  if (!/^[1-9]\d*$/.test(wanted)) return rpcError({ status: 400, message: 'Invalid value' });
  const syncs = query.has('syncToken') || query.get('requestSyncToken') === 'true';
  if (syncs && query.has('sortOrder')) return rpcError({ status: 400, message: 'Not allowed with sync tokens.' });
  const partial = fieldsOf(query);
  if (partial instanceof Response) return partial;

  // The tokens themselves are no part of what has to stay the same.
  const bound = `${method.name} ${digestOf(query, [...NOT_BOUND, 'pageSize', 'syncToken', 'requestSyncToken'])}`;
  const pageToken = query.get('pageToken');
  const found =
    pageToken === null
      ? begin(double, library, query, sub, method, fields, bound)
      : followPageToken(double, pageToken, sub, bound);
  if (found instanceof Response) return found;
  if (!found) return rpcError({ status: 400, message: 'Invalid value' });
  const page = readPage(double, found.snapshot, found.offset, found.page, Math.min(Number(wanted), size.most));
  const head = { ...page.head, [method.total]: found.snapshot.items.length };
  return c.body(listText(head, method.name, page.items, partial, query.get('fields') ?? ''), 200, {
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'private',
  });
}

function begin<T extends object>(
  double: Double,
  library: ContactLibrary,
  query: URLSearchParams,
  sub: string,
  method: ListMethod<T>,
  fields: readonly string[],
  bound: string,
) {
  const now = double.now();
  const given = query.get('syncToken');
  const token = given === null ? null : readToken(double, given, sub, bound, bookOf(library, sub));
  if (token instanceof Response) return token;
  if (token === null && spend(library, now)) {
    return rpcError({
      status: 429,
      message: 'Quota exceeded for quota metric FIRST_PAGE.',
      details: [errorInfo(API, 'RATE_LIMIT_EXCEEDED')],
    });
  }
  const rows = method.rows(sub);
  const items = tellAll(rows, token, query, method, fields, now);
  const next: SyncToken = {
    sub,
    digest: bound,
    version: toldVersion(library, rows, now),
    readAt: token?.readAt ?? now,
  };
  const asked = !method.onRequest || given !== null || query.get('requestSyncToken') === 'true';
  const last: Record<string, string> = asked ? { nextSyncToken: sealToken(double, next) } : {};
  const snapshot = freeze(double, {
    sub,
    digest: bound,
    items,
    last,
    etag: String(library.version),
    emptyPages: false,
  });
  return { snapshot, offset: 0, page: 0 };
}

/** Everything that can be seen, or, by a token, what has changed since. */
function tellAll<T extends object>(
  rows: readonly Row<T>[],
  token: SyncToken | null,
  query: URLSearchParams,
  { tell }: ListMethod<T>,
  fields: readonly string[],
  now: number,
): object[] {
  const merged = query.has('personFields') && query.get('sources') !== 'READ_SOURCE_TYPE_CONTACT';
  return rows.flatMap((row) => {
    const visible = now >= row.visibleAt;
    if (token !== null) {
      const told = { changes: true, gone: row.deleted, merged };
      return visible && row.changedIn > token.version ? [tell(row, row.now, fields, told)] : [];
    }
    const item = visible ? (row.deleted ? null : row.now) : row.before;
    return item === null ? [] : [tell(row, item, fields, { changes: false, gone: false, merged })];
  });
}

/** Counts the first page of a whole reading; answers whether there were too many in this minute. */
function spend({ firstPages }: ContactLibrary, now: number): boolean {
  if (firstPages === null) return false;
  const minute = Math.floor(now / 60_000);
  if (firstPages.minute !== minute) Object.assign(firstPages, { minute, made: 0 });
  firstPages.made += 1;
  return firstPages.made > firstPages.perMinute;
}

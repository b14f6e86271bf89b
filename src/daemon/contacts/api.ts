import type { people_v1 } from '@googleapis/people';
import { z } from 'zod';
import type { GoogleGet } from '../google/http.ts';
import { Items, notAPage, readItems, Token } from '../google/page.ts';
import type { Position, TokenPage } from '../sync/feeds/sync-token.ts';

// Only the resource name is needed to keep an item; whatever else is missing or of another type counts as not said.
const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const id = z.string().min(1).max(1_024);

/** A field of a person is a list, of which one odd entry must not cost the others. */
const field = <S extends z.ZodRawShape>(shape: S) =>
  z
    .array(z.looseObject(shape).nullable().catch(null))
    .nullish()
    .catch(null)
    .transform((entries) => (entries ?? []).filter((entry) => entry !== null));
const date = z
  .looseObject({
    year: z.number().int().nullish().catch(null),
    month: z.number().int().nullish().catch(null),
    day: z.number().int().nullish().catch(null),
  })
  .nullish()
  .catch(null);
export type GoogleDate = z.infer<typeof date>;

const labelled = { type: text, formattedType: text };

/** https://developers.google.com/people/api/rest/v1/people#Person */
export const GooglePerson = z.looseObject({
  resourceName: id,
  metadata: z
    .looseObject({ deleted: flag, previousResourceNames: z.array(z.string()).nullish().catch(null) })
    .nullish()
    .catch(null),
  names: field({
    displayName: text,
    givenName: text,
    familyName: text,
    phoneticFullName: text,
    phoneticGivenName: text,
    phoneticFamilyName: text,
  }),
  nicknames: field({ value: text }),
  fileAses: field({ value: text }),
  photos: field({
    url: text,
    default: flag,
    metadata: z.looseObject({ primary: flag }).nullish().catch(null),
  }),
  organizations: field({ ...labelled, name: text, title: text, department: text, jobDescription: text }),
  occupations: field({ value: text }),
  emailAddresses: field({ ...labelled, value: text, displayName: text }),
  phoneNumbers: field({ ...labelled, value: text, canonicalForm: text }),
  addresses: field({ ...labelled, formattedValue: text }),
  imClients: field({ ...labelled, username: text, protocol: text, formattedProtocol: text }),
  sipAddresses: field({ ...labelled, value: text }),
  urls: field({ ...labelled, value: text }),
  calendarUrls: field({ ...labelled, url: text }),
  birthdays: field({ date, text }),
  events: field({ ...labelled, date }),
  relations: field({ ...labelled, person: text }),
  biographies: field({ value: text }),
  memberships: field({
    contactGroupMembership: z.looseObject({ contactGroupResourceName: text }).nullish().catch(null),
  }),
  userDefined: field({ key: text, value: text }),
  clientData: field({ key: text, value: text }),
  interests: field({ value: text }),
  skills: field({ value: text }),
  genders: field({ value: text, formattedValue: text, addressMeAs: text }),
  locales: field({ value: text }),
  locations: field({ ...labelled, value: text }),
  externalIds: field({ ...labelled, value: text }),
  miscKeywords: field({ ...labelled, value: text }),
} satisfies Partial<Record<keyof people_v1.Schema$Person, z.ZodType>>);
export type GooglePerson = z.infer<typeof GooglePerson>;

/** https://developers.google.com/people/api/rest/v1/contactGroups#ContactGroup */
export const GoogleGroup = z.looseObject({
  resourceName: id,
  name: text,
  formattedName: text,
  groupType: text,
  metadata: z.looseObject({ deleted: flag }).nullish().catch(null),
} satisfies Partial<Record<keyof people_v1.Schema$ContactGroup, z.ZodType>>);
export type GoogleGroup = z.infer<typeof GoogleGroup>;

/** All that the API tells of a contact: https://developers.google.com/people/api/rest/v1/people.connections/list */
const personFields = [
  ...['addresses', 'ageRanges', 'biographies', 'birthdays', 'calendarUrls', 'clientData', 'coverPhotos'],
  ...['emailAddresses', 'events', 'externalIds', 'genders', 'imClients', 'interests', 'locales', 'locations'],
  ...['memberships', 'metadata', 'miscKeywords', 'names', 'nicknames', 'occupations', 'organizations', 'phoneNumbers'],
  ...['photos', 'relations', 'sipAddresses', 'skills', 'urls', 'userDefined'],
].join();

/** And of those whom Google noted: https://developers.google.com/people/api/rest/v1/otherContacts/list */
const otherFields = 'emailAddresses,metadata,names,phoneNumbers,photos';

// Tokens are bound to the parameters they were first asked with; these must not vary from one request to the next.
const connectionsQuery = {
  personFields,
  // Without it, what people say of themselves in their profiles is mixed in.
  sources: 'READ_SOURCE_TYPE_CONTACT',
  pageSize: 1_000,
  requestSyncToken: true,
};
const othersQuery = { readMask: otherFields, pageSize: 1_000, requestSyncToken: true };
const groupsQuery = { pageSize: 1_000 };

/** The lists of the People API that are mirrored, each in the largest pages that there are. */
export function googlePeople(get: GoogleGet) {
  async function read<T>(
    schema: z.ZodType<T>,
    [path, name]: readonly [path: string, name: string],
    query: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<TokenPage<T>> {
    const Answer = z.object({ [name]: Items, nextPageToken: Token.nullish(), nextSyncToken: Token.nullish() });
    const answer = Answer.safeParse(await get(path, query, signal));
    if (!answer.success) throw notAPage(answer.error);
    const { nextPageToken, nextSyncToken } = answer.data;
    return {
      ...readItems(schema, Items.parse(answer.data[name])),
      nextPageToken: Token.nullish().parse(nextPageToken) ?? null,
      nextSyncToken: Token.nullish().parse(nextSyncToken) ?? null,
    };
  }
  return {
    groups: (position: Position, signal: AbortSignal) =>
      read(GoogleGroup, ['/v1/contactGroups', 'contactGroups'], { ...groupsQuery, ...position }, signal),
    connections: (position: Position, signal: AbortSignal) =>
      read(GooglePerson, ['/v1/people/me/connections', 'connections'], { ...connectionsQuery, ...position }, signal),
    others: (position: Position, signal: AbortSignal) =>
      read(GooglePerson, ['/v1/otherContacts', 'otherContacts'], { ...othersQuery, ...position }, signal),
  };
}

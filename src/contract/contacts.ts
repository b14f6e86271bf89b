import { z } from 'zod';
import type { ServiceContract } from './service.ts';
import { WebAddress } from './web-address.ts';

/** What others wrote, cut for showing: see shown-text.ts. */
const ShownText = z.string().max(1_000);
const AccountId = z.string().max(255);
const GoogleId = z.string().max(1_100);

/** People of one answer. */
export const mostPeople = 500;

/** Groups of one answer. */
export const mostGroups = 2_000;

export const GroupsRequest = z.strictObject({ limit: z.number().int().min(1).max(mostGroups) });
export type GroupsRequest = z.infer<typeof GroupsRequest>;

export const ContactGroup = z.strictObject({
  accountId: AccountId,
  id: GoogleId,
  name: ShownText,
  /** How many of the mirrored contacts are in it. */
  members: z.number().int(),
});
export type ContactGroup = z.infer<typeof ContactGroup>;

/** Which people: the contacts of everybody, those whom Google noted by itself, or the contacts of one group. */
export const Circle = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contacts') }),
  z.strictObject({ kind: z.literal('others') }),
  z.strictObject({ kind: z.literal('group'), accountId: AccountId, groupId: GoogleId }),
]);
export type Circle = z.infer<typeof Circle>;

export const PeopleRequest = z.strictObject({
  circle: Circle,
  /** The `next` of the answer before; null for the beginning. */
  after: z.string().max(8_192).nullable(),
  limit: z.number().int().min(1).max(mostPeople),
});
export type PeopleRequest = z.infer<typeof PeopleRequest>;

export const PersonItem = z.strictObject({
  accountId: AccountId,
  id: GoogleId,
  /** The name; where there is none, the organisation, address or number that stands for it; empty where there is nothing. */
  name: ShownText,
  /** The organisation, else the first e-mail address, else the first number, unless that stands for the name already. */
  detail: ShownText.nullable(),
  /** Whether a photo is kept. */
  photo: z.boolean(),
});
export type PersonItem = z.infer<typeof PersonItem>;

/** People by name. */
export const People = z.strictObject({
  items: z.array(PersonItem).max(mostPeople),
  /** How many there are in all. */
  total: z.number().int(),
  /** Where to read on; null when this was all. */
  next: z.string().max(8_192).nullable(),
});
export type People = z.infer<typeof People>;

export const PersonRequest = z.strictObject({ accountId: AccountId, id: GoogleId });
export type PersonRequest = z.infer<typeof PersonRequest>;

/** What a line about a person is about. */
export const PersonFactKind = z.enum([
  'name',
  'nickname',
  'phonetic',
  'organization',
  'occupation',
  'phone',
  'email',
  'address',
  'im',
  'sip',
  'url',
  'birthday',
  'event',
  'relation',
  'note',
  'group',
  'custom',
  'interest',
  'skill',
  'gender',
  'locale',
  'location',
  'external-id',
  'keyword',
  'calendar',
  'client-data',
  'file-as',
]);
export type PersonFactKind = z.infer<typeof PersonFactKind>;

export const PersonFact = z.strictObject({
  kind: PersonFactKind,
  /** What the person called it: "Work". */
  label: ShownText.nullable(),
  value: z.string().max(10_000),
  /** What can be done with it, as an address to copy: mailto:, tel: or https:. */
  href: WebAddress.nullable(),
});
export type PersonFact = z.infer<typeof PersonFact>;

/** All that is known of a person. */
export const PersonDetails = z.strictObject({
  name: ShownText,
  /** Noted by Google and not by the person. */
  other: z.boolean(),
  photo: z.boolean(),
  facts: z.array(PersonFact).max(500),
});
export type PersonDetails = z.infer<typeof PersonDetails>;

/** The largest photo that is kept, in bytes. */
export const largestPhoto = 1_000_000;

export const PersonPhoto = z.strictObject({
  type: z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/gif']),
  base64: z.base64().max(Math.ceil(largestPhoto / 3) * 4),
});
export type PersonPhoto = z.infer<typeof PersonPhoto>;

export const contacts = {
  name: 'Contacts',
  things: 'your contacts',
  reads: 'your contacts, their groups and photos, and the people whom Google noted for you by itself',
  why: 'Whoever you know can be looked up, called and written to without a network.',
  scopes: ['https://www.googleapis.com/auth/contacts.readonly'],
  moreScopes: ['https://www.googleapis.com/auth/contacts.other.readonly'],
  api: 'People API',
  root: 'https://people.googleapis.com',
  queries: {
    groups: { params: GroupsRequest, result: z.array(ContactGroup).max(mostGroups) },
    people: { params: PeopleRequest, result: People },
    /** Null where there is no such person. */
    person: { params: PersonRequest, result: PersonDetails.nullable() },
    /** Null where no photo is kept. */
    photo: { params: PersonRequest, result: PersonPhoto.nullable() },
  },
} as const satisfies ServiceContract;

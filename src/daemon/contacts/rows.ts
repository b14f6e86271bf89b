import { shownText } from '../../contract/shown-text.ts';
import type { Received } from '../google/page.ts';
import type { GooglePerson } from './api.ts';

/** A contact as the mirror keeps it; `body` is what Google sent. */
export interface PersonRow {
  readonly id: string;
  readonly deleted: boolean;
  /** Names under which it may still be kept. */
  readonly previous: readonly string[];
  readonly name: string;
  /** By which people are ordered. */
  readonly place: string;
  readonly detail: string | null;
  readonly photoUrl: string | null;
  readonly groups: readonly string[];
  readonly body: string;
}

export function personRow({ item, body }: Received<GooglePerson>): PersonRow {
  const { name, detail } = nameAndDetail(item);
  const photos = item.photos.filter((each) => each.url && each.default !== true);
  const photo = photos.find(({ metadata }) => metadata?.primary === true) ?? photos[0];
  return {
    id: item.resourceName,
    deleted: item.metadata?.deleted === true,
    previous: item.metadata?.previousResourceNames ?? [],
    name,
    place: placeOf(name),
    detail,
    photoUrl: photo?.url ?? null,
    groups: groupsOf(item),
    body,
  };
}

/** The groups that a person is in, by their ids. */
export const groupsOf = ({ memberships }: GooglePerson): string[] =>
  memberships.flatMap((each) => each.contactGroupMembership?.contactGroupResourceName ?? []);

/** What a person is called, and one more thing by which they are told apart. */
function nameAndDetail(person: GooglePerson): { name: string; detail: string | null } {
  const organization = person.organizations.map(({ title, name }) => [title, name].filter(Boolean).join(', '));
  const all = [
    ...person.names.map(({ displayName }) => displayName),
    ...person.nicknames.map(({ value }) => value),
    ...person.organizations.map(({ name }) => name),
    ...person.emailAddresses.map(({ value }) => value),
    ...person.phoneNumbers.map(({ value }) => value),
  ];
  const more = [
    ...organization,
    ...person.emailAddresses.map(({ value }) => value),
    ...person.phoneNumbers.map(({ value }) => value),
  ];
  const shown = (texts: readonly (string | null | undefined)[]) => texts.map((each) => shownText(each ?? '').trim());
  const name = shown(all).find((each) => each !== '') ?? '';
  return { name, detail: shown(more).find((each) => each !== '' && each !== name) ?? null };
}

/** What comes behind every name. */
const last = '\u{10ffff}';

/** Without case and diacritics, so that the order is the same on every computer; who has no name comes last. */
export function placeOf(name: string): string {
  const folded = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+/u, '');
  return folded === '' ? `${last}${name}` : folded;
}

/** Fields that change although nothing about the person has. */
const fleeting = new Set(['etag', 'updateTime', 'previousResourceNames']);

/** What a body says about somebody, apart from when it was said. */
export function contentOf(body: string): string {
  return JSON.stringify(JSON.parse(body), (key, value: unknown) => (fleeting.has(key) ? undefined : value));
}

import type { people_v1 } from '@googleapis/people';

export type Person = people_v1.Schema$Person;
export type Group = people_v1.Schema$ContactGroup;

/** All contacts of all people, as plain JSON. */
export interface ContactLibrary {
  /** Goes up by one with every change; ETags and resource names are made of it. */
  version: number;
  bySub: Record<string, Book>;
  /** For so many milliseconds after a change, lists tell what was before it. */
  delay: number;
  /** First pages of whole readings that a person may ask for in a minute, and those of the minute so far; null for any number. */
  firstPages: { perMinute: number; minute: number; made: number } | null;
}

export interface Book {
  /** By resource name: `people/…` a person's own contacts, `otherContacts/…` those that Google noted. */
  people: Record<string, Row<Person>>;
  groups: Record<string, Row<Group>>;
  /** Sync tokens of before this version are known no longer. */
  knownSince: number;
}

/** A contact or a group, or the tombstone of one. They are replaced, never mutated. */
export interface Row<T> {
  now: T;
  deleted: boolean;
  /** What it was before, null for nothing, and until when that is what lists tell. */
  before: T | null;
  visibleAt: number;
  changedIn: number;
  /** Under which names a contact was known before; only who asks for changes hears of them. */
  previous: string[];
}

export const isOther = (resourceName: string): boolean => resourceName.startsWith('otherContacts/');

export function bookOf(library: ContactLibrary, sub: string): Book {
  const book = library.bySub[sub] ?? { people: {}, groups: {}, knownSince: 0 };
  library.bySub[sub] = book;
  return book;
}

/** Adds a contact, or changes the one of that resource name, as of `now`. */
export function putPerson(library: ContactLibrary, sub: string, given: Person, now: number): Person {
  const { people } = bookOf(library, sub);
  library.version += 1;
  const resourceName = given.resourceName ?? `people/c${library.version}`;
  const source = isOther(resourceName) ? 'OTHER_CONTACT' : 'CONTACT';
  const person: Person = {
    ...people[resourceName]?.now,
    ...given,
    resourceName,
    etag: `%${library.version}`,
    metadata: {
      objectType: 'PERSON',
      sources: [
        {
          type: source,
          id: resourceName.replace(/^.*\//, ''),
          etag: `#${library.version}`,
          updateTime: new Date(now).toISOString(),
        },
      ],
    },
  };
  people[resourceName] = changed(library, people[resourceName], person, false, now);
  return person;
}

export function removePerson(library: ContactLibrary, sub: string, resourceName: string, now: number): void {
  const { people } = bookOf(library, sub);
  const row = people[resourceName];
  if (!row) throw new Error(`No contact ${resourceName}`);
  library.version += 1;
  people[resourceName] = changed(library, row, row.now, true, now);
}

/** Gives a contact another resource name, as Google does when contacts are joined or a profile is linked. */
export function renamePerson(library: ContactLibrary, sub: string, resourceName: string, now: number): string {
  const { people } = bookOf(library, sub);
  const row = people[resourceName];
  if (!row) throw new Error(`No contact ${resourceName}`);
  const { resourceName: renamed = '' } = putPerson(library, sub, { ...row.now, resourceName: null }, now);
  const made = people[renamed ?? ''];
  if (made) made.previous = [...row.previous, resourceName];
  delete people[resourceName];
  return renamed ?? '';
}

export function putGroup(library: ContactLibrary, sub: string, given: Group, now: number): Group {
  const { groups } = bookOf(library, sub);
  library.version += 1;
  const resourceName = given.resourceName ?? `contactGroups/g${library.version}`;
  const group: Group = {
    groupType: 'USER_CONTACT_GROUP',
    formattedName: given.name ?? '',
    ...groups[resourceName]?.now,
    ...given,
    resourceName,
    etag: `%${library.version}`,
    metadata: { updateTime: new Date(now).toISOString() },
  };
  groups[resourceName] = changed(library, groups[resourceName], group, false, now);
  return group;
}

export function removeGroup(library: ContactLibrary, sub: string, resourceName: string, now: number): void {
  const { groups } = bookOf(library, sub);
  const row = groups[resourceName];
  if (!row) throw new Error(`No group ${resourceName}`);
  library.version += 1;
  groups[resourceName] = changed(library, row, row.now, true, now);
}

function changed<T>(
  { version, delay }: ContactLibrary,
  row: Row<T> | undefined,
  now: T,
  deleted: boolean,
  at: number,
): Row<T> {
  const before = row && !row.deleted ? row.now : null;
  return { now, deleted, before, visibleAt: at + delay, changedIn: version, previous: row?.previous ?? [] };
}

/** What there is now, whether lists tell of it yet or not. */
export function live<T>(rows: Readonly<Record<string, Row<T>>>): T[] {
  return Object.values(rows).flatMap(({ now, deleted }) => (deleted ? [] : [now]));
}

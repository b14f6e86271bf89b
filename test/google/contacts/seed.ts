import type { Person as Owner } from '../core/model.ts';
import { between, chance, pick, type Random, seeded } from '../core/random.ts';
import { bookOf, type ContactLibrary, type Person, putGroup, putPerson } from './model.ts';
import { photoPath } from './photos.ts';

const GIVEN = [
  'Ada',
  'Grace',
  'Katherine',
  'Zoë',
  'Ślązak',
  'محمد',
  '健',
  '김',
  'Ørsted',
  'Jean-Luc',
  'O’Brien',
  '🌱',
] as const;
const FAMILY = [
  'Lovelace',
  'Hopper',
  'Johnson',
  'Nuñez',
  'Wójcik',
  'الخوارزمي',
  '山田',
  '',
  'von der Heide',
  'x'.repeat(300),
] as const;
const FIRMS = ['Harbour Office', 'Météo-France', '東京海上', 'A & B, Sons; Ltd.', ''] as const;
const NOTES = [
  'Met at the regatta.\nKnows the tides.',
  'BEGIN:VCARD\r\nFN:Mallory\r\nEND:VCARD',
  'long '.repeat(2_000).trim(),
] as const;

const SYSTEM = ['myContacts', 'starred', 'friends', 'family', 'coworkers', 'all', 'blocked', 'chatBuddies'] as const;

export interface Size {
  readonly contacts: number;
  readonly others: number;
  readonly seed: number;
}

/** Every account has these groups. */
export function seedSystemGroups(library: ContactLibrary, sub: string, now: number): void {
  for (const name of SYSTEM) {
    const formattedName = name === 'myContacts' ? 'My Contacts' : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
    const group = { resourceName: `contactGroups/${name}`, groupType: 'SYSTEM_CONTACT_GROUP', name, formattedName };
    putGroup(library, sub, group, now);
  }
}

/** Gives a person contacts in place of what there is. */
export function seedContacts(library: ContactLibrary, { sub }: Owner, size: Size, at: number): void {
  // What is seeded is the same all day long.
  const now = Math.floor(at / 86_400_000) * 86_400_000;
  library.version += 1;
  library.bySub[sub] = { people: {}, groups: {}, knownSince: library.version };
  seedSystemGroups(library, sub, now);
  const own = ['Crew', 'Neighbours', 'Vereinsfreunde', 'Empty'].map((name, at) => {
    const group = { resourceName: `contactGroups/seed${at}`, name, formattedName: name };
    return putGroup(library, sub, group, now).resourceName ?? '';
  });
  const random = seeded(size.seed, `contacts ${sub}`);
  for (let at = 0; at < size.contacts; at += 1) putPerson(library, sub, contact(random, at, own.slice(0, 3)), now);
  for (let at = 0; at < size.others; at += 1) putPerson(library, sub, other(random, at), now);
  bookOf(library, sub).knownSince = library.version;
}

function contact(random: Random, at: number, groups: readonly string[]): Person {
  const [given, family] = [pick(random, GIVEN), pick(random, FAMILY)];
  const displayName = `${given} ${family}`.trim();
  const person: Person = { resourceName: `people/c${1_000 + at}`, memberships: [member('contactGroups/myContacts')] };
  // Some have nothing but a number or an address, and some nothing at all.
  if (!chance(random, 0.08)) {
    person.names = [{ displayName, givenName: given, familyName: family, unstructuredName: displayName }];
  }
  if (chance(random, 0.05)) person.names?.push({ displayName: `${displayName} (second)` });
  if (chance(random, 0.7)) person.phoneNumbers = [phone(random, 'mobile')];
  if (chance(random, 0.02)) person.phoneNumbers = Array.from({ length: 80 }, () => phone(random, 'work'));
  if (chance(random, 0.7)) {
    person.emailAddresses = [{ value: `person${at}@example.com`, type: 'work', formattedType: 'Work' }];
  }
  if (chance(random, 0.3)) {
    person.organizations = [{ name: pick(random, FIRMS), title: 'Pilot', department: 'Deep sea', current: true }];
  }
  if (chance(random, 0.3)) {
    person.addresses = [
      {
        type: 'home',
        formattedType: 'Home',
        formattedValue: `${at} Quay St\nCork\nIreland`,
        city: 'Cork',
        streetAddress: `${at} Quay St`,
        country: 'Ireland',
      },
    ];
  }
  if (chance(random, 0.3)) {
    const day = { month: between(random, 1, 12), day: between(random, 1, 28) };
    person.birthdays = [{ date: chance(random, 0.3) ? day : { ...day, year: between(random, 1930, 2010) } }];
  }
  if (chance(random, 0.1)) {
    person.events = [{ type: 'anniversary', formattedType: 'Anniversary', date: { year: 2015, month: 6, day: 1 } }];
  }
  if (chance(random, 0.1)) person.relations = [{ person: 'Anne', type: 'sister', formattedType: 'Sister' }];
  if (chance(random, 0.1))
    person.urls = [{ value: 'https://example.com/~p', type: 'homePage', formattedType: 'Home page' }];
  if (chance(random, 0.1)) person.biographies = [{ value: pick(random, NOTES), contentType: 'TEXT_PLAIN' }];
  if (chance(random, 0.1)) person.userDefined = [{ key: 'Berth', value: `B${at}` }];
  if (chance(random, 0.1)) person.nicknames = [{ value: 'Skip' }];
  if (chance(random, 0.05)) person.imClients = [{ username: 'p', protocol: 'jabber', formattedProtocol: 'Jabber' }];
  if (chance(random, 0.3)) person.memberships?.push(member(pick(random, groups)));
  if (chance(random, 0.4)) person.photos = [{ url: photoPath(`p${at}`), metadata: { primary: true } }];
  else person.photos = [{ url: photoPath(`drawn${at}`), default: true, metadata: { primary: true } }];
  return person;
}

function other(random: Random, at: number): Person {
  const person: Person = {
    resourceName: `otherContacts/c${1_000 + at}`,
    emailAddresses: [{ value: `met${at}@example.com` }],
  };
  if (chance(random, 0.4)) person.names = [{ displayName: `${pick(random, GIVEN)} ${at}` }];
  if (chance(random, 0.1)) person.phoneNumbers = [phone(random, 'mobile')];
  return person;
}

const phone = (random: Random, type: string) => {
  const value = `+353 21 ${between(random, 1_000_000, 9_999_999)}`;
  return { value, canonicalForm: value.replaceAll(' ', ''), type, formattedType: type === 'work' ? 'Work' : 'Mobile' };
};

const member = (resourceName: string) => ({
  contactGroupMembership: {
    contactGroupId: resourceName.replace('contactGroups/', ''),
    contactGroupResourceName: resourceName,
  },
});

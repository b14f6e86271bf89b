import type { Person } from './model.ts';
import { between, characters, type Random, seeded } from './random.ts';

export interface NewPerson {
  email: string;
  name: string;
  locale?: string;
  hd?: string;
  sub?: string;
  blockedByAdmin?: boolean;
}

/** A person with the rest of the profile filled in. `sub` is a string of 21 digits, as Google's are. */
export function makePerson(given: NewPerson, random: Random): Person {
  const [givenName = given.name, ...rest] = given.name.split(' ');
  return {
    sub: given.sub ?? `1${characters(random, 20, '0123456789')}`,
    email: given.email,
    name: given.name,
    givenName,
    familyName: rest.join(' '),
    locale: given.locale ?? 'en',
    hd: given.hd ?? null,
    colour: `hsl(${between(random, 0, 359)} 55% 40%)`,
    blockedByAdmin: given.blockedByAdmin ?? false,
    timeLimit: null,
  };
}

/** The people there are from the start: two personal accounts, a Workspace account, and one its admin blocks. */
export function seedPeople(seed: number): Person[] {
  const random = seeded(seed, 'people');
  const people: NewPerson[] = [
    { email: 'ada.lovelace@gmail.com', name: 'Ada Lovelace', locale: 'en-GB' },
    { email: 'grace.hopper@gmail.com', name: 'Grace Hopper', locale: 'en' },
    { email: 'katherine@orbital.example', name: 'Katherine Johnson', locale: 'en', hd: 'orbital.example' },
    { email: 'alan@bletchley.example', name: 'Alan Turing', hd: 'bletchley.example', blockedByAdmin: true },
  ];
  return people.map((person) => makePerson(person, random));
}

/** The profile picture: the person's initials on a coloured square. */
export function pictureSvg(person: Person): string {
  const initials = `${person.givenName[0] ?? ''}${person.familyName[0] ?? ''}`.replace(/[^\p{L}]/gu, '');
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">' +
    `<rect width="96" height="96" fill="${person.colour}"/>` +
    '<text x="48" y="61" fill="#fff" font-family="sans-serif" font-size="38" text-anchor="middle">' +
    `${initials}</text></svg>`
  );
}

/** Where the double serves the picture. */
export function pictureUrl(issuer: string, person: Person): string {
  return `${issuer}/picture/${person.sub}.svg`;
}

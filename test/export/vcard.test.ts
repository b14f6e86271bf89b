import type { people_v1 } from '@googleapis/people';
import ICAL from 'ical.js';
import { parse } from 'vcard4';
import { describe, expect, test } from 'vitest';
import { personVcard } from '../../src/daemon/contacts/vcard.ts';

// Read back by vcard4 and by ical.js, which share nothing with what wrote it.

type Person = people_v1.Schema$Person;

const ada: Person = {
  resourceName: 'people/c1',
  metadata: { sources: [{ updateTime: '2026-02-01T10:00:00Z' }, { updateTime: '2026-03-01T10:00:00Z' }] },
  names: [
    {
      displayName: 'Dr. Ada King; Byron, Countess',
      familyName: 'King; Byron',
      givenName: 'Ada',
      middleName: 'Augusta, the',
      honorificPrefix: 'Dr.',
      honorificSuffix: 'FRS',
      phoneticGivenName: 'Ay-da',
    },
  ],
  nicknames: [{ value: 'Addie' }, { value: 'A, the first' }],
  birthdays: [{ date: { month: 12, day: 10 } }],
  events: [
    { type: 'anniversary', date: { year: 1835, month: 7, day: 8 } },
    { type: 'other', formattedType: 'First; programme', date: { year: 1843, month: 9, day: 1 } },
  ],
  phoneNumbers: [
    { value: '+44 20 7946 0958', type: 'workFax' },
    { value: '+44 7700 900123', type: 'mobile', metadata: { primary: true } },
    { value: '4711', type: 'boat', formattedType: 'On the boat' },
  ],
  emailAddresses: [{ value: 'ada@example.com', type: 'home' }],
  addresses: [
    {
      type: 'home',
      formattedValue: '12 St James’s Square\nLondon\nUK',
      streetAddress: '12 St James’s Square',
      city: 'London',
      postalCode: 'SW1Y 4LE',
      country: 'United Kingdom',
      countryCode: 'GB',
    },
  ],
  organizations: [{ name: 'Analytical, Ltd', department: 'Engines', title: 'Analyst', jobDescription: 'Programmes' }],
  urls: [{ value: 'https://example.com/a;b,c', type: 'homePage', formattedType: 'Home page' }],
  imClients: [{ username: 'ada king', protocol: 'jabber', formattedProtocol: 'Jabber' }],
  sipAddresses: [{ value: 'ada@sip.example.com', type: 'work' }],
  biographies: [{ value: 'First line,\nsecond; line.' }],
  relations: [
    { person: 'Charles', type: 'friend' },
    { person: 'Anne', type: 'mother', formattedType: 'Mother' },
  ],
  genders: [{ value: 'female' }],
  locales: [{ value: 'en-GB' }],
  interests: [{ value: 'Whist' }],
  skills: [{ value: 'Bernoulli numbers' }],
  userDefined: [{ key: 'Locker', value: '12' }],
};

const read = (text: string) => {
  const card = parse(text);
  if (Array.isArray(card)) throw new Error('There is more than one card');
  return card;
};
const valuesOf = (text: string, name: string) =>
  read(text)
    .getProperty(name)
    .map(({ value }) => value);

function byIcal(text: string): ICAL.Component {
  return new ICAL.Component(ICAL.parse(text));
}

describe('a person', () => {
  const text = personVcard(ada, ['Family', 'Chess, and whist'], { type: 'image/png', base64: 'iVBORw0KGgo=' });

  test('has all that Google has of them, by vcard4', () => {
    expect(valuesOf(text, 'FN')).toEqual(['Dr. Ada King; Byron, Countess']);
    expect(valuesOf(text, 'N')).toEqual([
      {
        familyNames: 'King; Byron',
        givenNames: 'Ada',
        additionalNames: 'Augusta, the',
        honorificPrefixes: 'Dr.',
        honorificSuffixes: 'FRS',
      },
    ]);
    expect(valuesOf(text, 'NICKNAME')).toEqual([['Addie', 'A, the first']]);
    expect(valuesOf(text, 'UID')).toEqual(['people/c1']);
    expect(valuesOf(text, 'REV')).toEqual(['20260301T100000Z']);
    expect(valuesOf(text, 'BDAY')).toEqual(['--1210']);
    expect(valuesOf(text, 'ANNIVERSARY')).toEqual(['18350708']);
    expect(valuesOf(text, 'TEL')).toEqual(['+44 20 7946 0958', '+44 7700 900123', '4711']);
    expect(valuesOf(text, 'EMAIL')).toEqual(['ada@example.com']);
    expect(valuesOf(text, 'TITLE')).toEqual(['Analyst']);
    expect(valuesOf(text, 'ROLE')).toEqual(['Programmes']);
    expect(valuesOf(text, 'ORG')).toEqual([['Analytical, Ltd', 'Engines']]);
    expect(valuesOf(text, 'URL')).toEqual(['https://example.com/a;b,c']);
    expect(valuesOf(text, 'IMPP')).toEqual(['xmpp:ada%20king', 'sip:ada@sip.example.com']);
    expect(valuesOf(text, 'NOTE')).toEqual(['First line,\nsecond; line.']);
    expect(valuesOf(text, 'RELATED')).toEqual(['Charles', 'Anne']);
    expect(valuesOf(text, 'GENDER')).toEqual([{ sex: 'F', gender: '' }]);
    expect(valuesOf(text, 'LANG')).toEqual(['en-GB']);
    expect(valuesOf(text, 'HOBBY')).toEqual(['Whist']);
    expect(valuesOf(text, 'EXPERTISE')).toEqual(['Bernoulli numbers']);
    expect(valuesOf(text, 'CATEGORIES')).toEqual([['Family', 'Chess, and whist']]);
    expect(valuesOf(text, 'PHOTO')).toEqual(['data:image/png;base64,iVBORw0KGgo=']);
    expect(valuesOf(text, 'ADR')).toEqual([
      {
        postOfficeBox: '',
        extendedAddress: '',
        streetAddress: '12 St James’s Square',
        locality: 'London',
        region: '',
        postalCode: 'SW1Y 4LE',
        countryName: 'United Kingdom',
      },
    ]);
  });

  test('has what things are to them, as types and as labels, by ical.js', () => {
    const card = byIcal(text);
    const numbers = card
      .getAllProperties('tel')
      .map((each) => [each.getParameter('type') ?? null, each.getParameter('pref') ?? null]);
    expect(numbers).toEqual([
      [['work', 'fax'], null],
      ['cell', '1'],
      [null, null],
    ]);
    const labels = valuesOf(text, 'X-ABLABEL');
    expect(labels).toEqual(
      expect.arrayContaining(['On the boat', 'First; programme', 'Home page', 'Locker', 'Mother']),
    );
    expect(card.getFirstProperty('adr')?.getParameter('label')).toBe('12 St James’s Square\nLondon\nUK');
    // Each label is in a group with the one thing that it is said of.
    const groups = card.getAllProperties().flatMap((each) => each.getParameter('group') ?? []);
    expect(new Set(groups).size * 2).toBe(groups.length);
  });

  test('fills lines of 75 octets at most', () => {
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});

test.each([
  [{ year: 1985, month: 4, day: 12 }, '19850412'],
  [{ month: 4, day: 12 }, '--0412'],
  [{ year: 0, month: 4, day: 12 }, '--0412'],
  [{ year: 1985, month: 4 }, '1985-04'],
  [{ year: 1985 }, '1985'],
  [{ month: 4 }, '--04'],
])('a birthday of %j is %s', (date, value) => {
  expect(valuesOf(personVcard({ birthdays: [{ date }] }, [], null), 'BDAY')).toEqual([value]);
});

test('a birthday in words stays words', () => {
  expect(valuesOf(personVcard({ birthdays: [{ text: 'Easter; late' }] }, [], null), 'BDAY')).toEqual(['Easter; late']);
});

test.each([
  ['a nickname', { nicknames: [{ value: 'Addie' }] }, 'Addie'],
  ['an organisation', { organizations: [{ name: 'Engines Ltd' }] }, 'Engines Ltd'],
  ['an address', { emailAddresses: [{ value: 'ada@example.com' }] }, 'ada@example.com'],
  ['a number', { phoneNumbers: [{ value: '4711' }] }, '4711'],
  ['nothing', {}, 'No name'],
])('somebody of whom there is only %s has a name all the same', (_what, person, name) => {
  expect(valuesOf(personVcard(person, [], null), 'FN')).toEqual([name]);
});

test.each([
  ['a line break', 'x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:y', 'x\nEND:VCARD\nBEGIN:VCARD\nFN:y'],
  ['control characters', 'a\u0000b\u001bc', 'abc'],
  ['separators', 'a;b,c:d\\f', 'a;b,c:d\\f'],
  ['quotation marks', 'a "b" c', 'a "b" c'],
])('%s somewhere in a person is text', (_what, given, back) => {
  const value = [{ value: given, type: given, formattedType: given }];
  const inValues = personVcard(
    {
      resourceName: given,
      names: [{ displayName: given, familyName: given }],
      nicknames: value,
      phoneNumbers: value,
      emailAddresses: value,
      urls: value,
      sipAddresses: value,
      locales: value,
      genders: value,
      biographies: value,
      userDefined: [{ key: given, value: given }],
    },
    [given],
    null,
  );
  for (const name of ['FN', 'NOTE', 'X-CUSTOM', 'X-ABLABEL'])
    expect(new Set(valuesOf(inValues, name))).toEqual(new Set([back]));
  // vcard4 gives up where a parameter holds two kinds of separators.
  const inParameters = personVcard(
    {
      imClients: [{ username: given, protocol: given, formattedProtocol: given }],
      addresses: [{ streetAddress: given, formattedValue: given, countryCode: given, type: given }],
    },
    [],
    null,
  );
  const card = byIcal(inParameters);
  expect(card.getFirstProperty('adr')?.getParameter('label')).toBe(back);
  expect(card.getFirstProperty('impp')?.getParameter('x-service-type')).toBe(back);
  for (const text of [inValues, inParameters]) {
    expect(text.match(/^BEGIN:VCARD\r$/gm)).toHaveLength(1);
    expect(text.match(/^END:VCARD\r$/gm)).toHaveLength(1);
  }
});

test('fields of strange types are taken as absent', () => {
  const odd = {
    names: 'Ada',
    phoneNumbers: [7, null, { value: {} }],
    metadata: [],
    birthdays: [{ date: 'soon' }],
    genders: {},
  };
  expect(valuesOf(personVcard(odd, [], null), 'FN')).toEqual(['No name']);
});

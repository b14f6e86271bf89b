import { basicMoment } from '../export/basic-format.ts';
import { contentLine, escapeText } from '../export/content-line.ts';
import { type VcardDay, VcardPerson } from './vcard-person.ts';
import { labelled, type Property, propertyLines, structured, textProperty } from './vcard-property.ts';

export interface Photo {
  /** Such as `image/jpeg`. */
  readonly type: string;
  readonly base64: string;
}

/**
 * A person as Google sent them, as a vCard 4.0. What vCard knows no property for is in one that begins with X-.
 * https://www.rfc-editor.org/rfc/rfc6350
 */
export function personVcard(body: unknown, groups: readonly string[], photo: Photo | null): string {
  const person = VcardPerson.parse(body);
  return [
    contentLine('BEGIN', 'VCARD'),
    contentLine('VERSION', '4.0'),
    contentLine('PRODID', '-//Mooring//Export//EN'),
    propertyLines([
      ...identity(person, photo),
      ...reach(person),
      ...work(person),
      ...life(person),
      { name: 'CATEGORIES', value: groups.map(escapeText).join(',') },
      ...rest(person),
    ]),
    contentLine('END', 'VCARD'),
  ].join('');
}

function identity(person: VcardPerson, photo: Photo | null): Property[] {
  const [name] = person.names;
  const times = (person.metadata?.sources ?? []).flatMap(({ updateTime }) => basicMoment(updateTime) ?? []).toSorted();
  const parts = [name?.familyName, name?.givenName, name?.middleName, name?.honorificPrefix, name?.honorificSuffix];
  return [
    { name: 'KIND', value: 'individual' },
    textProperty('UID', person.resourceName, { VALUE: 'text' }),
    { name: 'REV', value: times.at(-1) },
    ...titlesOf(person).map((title) => textProperty('FN', title)),
    { name: 'N', value: structured(parts) },
    { name: 'NICKNAME', value: person.nicknames.flatMap(({ value }) => (value ? escapeText(value) : [])).join(',') },
    textProperty('X-PHONETIC-FIRST-NAME', name?.phoneticGivenName),
    textProperty('X-PHONETIC-MIDDLE-NAME', name?.phoneticMiddleName),
    textProperty('X-PHONETIC-LAST-NAME', name?.phoneticFamilyName),
    textProperty('X-PHONETIC-NAME', name?.phoneticFullName),
    ...person.fileAses.map(({ value }) => textProperty('X-FILE-AS', value)),
    { name: 'PHOTO', value: photo && `data:${photo.type};base64,${photo.base64}` },
  ];
}

/** A card has to have a name, whatever is known of the person. */
function titlesOf(person: VcardPerson): string[] {
  const titles = person.names.flatMap(({ displayName, unstructuredName }) => displayName || unstructuredName || []);
  if (titles.length > 0) return titles;
  const { nicknames, organizations, emailAddresses, phoneNumbers } = person;
  const values = [
    ...nicknames,
    ...organizations.map(({ name }) => ({ value: name })),
    ...emailAddresses,
    ...phoneNumbers,
  ];
  return [values.find(({ value }) => value)?.value || 'No name'];
}

function reach(person: VcardPerson): Property[] {
  return [
    ...person.phoneNumbers.map((each) => labelled('TEL', escaped(each.value), each, { VALUE: 'text' })),
    ...person.emailAddresses.map((each) => labelled('EMAIL', escaped(each.value), each)),
    ...person.addresses.map((each) =>
      labelled(
        'ADR',
        structured([
          each.poBox,
          each.extendedAddress,
          each.streetAddress,
          each.city,
          each.region,
          each.postalCode,
          each.country,
        ]) ?? (each.formattedValue ? ';;;;;;' : null),
        each,
        { LABEL: each.formattedValue || null, CC: /^[A-Z]{2}$/i.exec(each.countryCode ?? '')?.[0] },
      ),
    ),
    ...person.urls.map((each) => labelled('URL', each.value, each)),
    ...person.calendarUrls.map((each) => labelled('CALURI', each.url, each)),
    ...person.imClients.map((each) =>
      labelled(
        'IMPP',
        each.username && `${schemeOf(each.protocol)}:${encodeURIComponent(each.username.toWellFormed())}`,
        each,
        {
          'X-SERVICE-TYPE': each.formattedProtocol || each.protocol || null,
        },
      ),
    ),
    ...person.sipAddresses.map((each) =>
      labelled('IMPP', each.value && `sip:${each.value.replace(/^sip:/i, '')}`, each),
    ),
  ];
}

const escaped = (text: string | null | undefined) => text && escapeText(text);

/** The schemes by which such names are written as addresses; others have none that all agree on. */
function schemeOf(protocol: string | null | undefined): string {
  switch (protocol) {
    case 'jabber':
    case 'googleTalk':
      return 'xmpp';
    case 'aim':
    case 'skype':
    case 'ymsgr':
      return protocol;
    default:
      return `x-${(protocol ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '') || 'im'}`;
  }
}

function work({ organizations, occupations }: VcardPerson): Property[] {
  return [
    ...organizations.flatMap((each) => [
      labelled('ORG', structured(each.department ? [each.name, each.department] : [each.name]), each),
      textProperty('TITLE', each.title),
      textProperty('ROLE', each.jobDescription),
      textProperty('X-ORG-SYMBOL', each.symbol),
      textProperty('X-ORG-LOCATION', each.location),
    ]),
    ...occupations.map(({ value }) => textProperty('ROLE', value)),
  ];
}

function life(person: VcardPerson): Property[] {
  const anniversary = person.events.find(({ type, date }) => type === 'anniversary' && date);
  const [birthday, ...otherBirthdays] = person.birthdays;
  const [gender, ...otherGenders] = person.genders;
  return [
    dayProperty('BDAY', birthday?.date, birthday?.text),
    ...otherBirthdays.map(({ date, text }) => dayProperty('X-BIRTHDAY', date, text)),
    dayProperty('ANNIVERSARY', anniversary?.date, null),
    ...person.events
      .filter((each) => each !== anniversary)
      .map((each) => ({ ...dayProperty('X-ABDATE', each.date, null), label: each.formattedType || each.type })),
    { name: 'GENDER', value: gender?.value && sexOf(gender.value) },
    ...otherGenders.map(({ value }) => textProperty('X-GENDER', value)),
    textProperty('X-ADDRESS-ME-AS', gender?.addressMeAs),
    ...person.locales.map(({ value }) => ({ name: 'LANG', value: /^[A-Za-z0-9-]+$/.test(value ?? '') ? value : null })),
    ...person.relations.map(relationProperty),
    ...person.interests.map(({ value }) => textProperty('HOBBY', value)),
    ...person.skills.map(({ value }) => textProperty('EXPERTISE', value)),
    ...person.biographies.map(({ value }) => textProperty('NOTE', value)),
  ];
}

/** `19850412`, `--0412` without a year, `1985-04` without a day: https://www.rfc-editor.org/rfc/rfc6350#section-4.3.1 */
function dayProperty(name: string, date: VcardDay | null | undefined, text: string | null | undefined): Property {
  const value = date && basicDate(date);
  return value ? { name, value } : textProperty(name, text, { VALUE: 'text' });
}

function basicDate({ year, month, day }: VcardDay): string | null {
  const digits = (part: number, length: number) => String(part).padStart(length, '0');
  const inYear = year && year > 0 && year <= 9_999 ? digits(year, 4) : null;
  if (!month || month < 0 || month > 12) return inYear;
  if (!day || day < 0 || day > 31) return `${inYear ?? '-'}-${digits(month, 2)}`;
  return `${inYear ?? '--'}${digits(month, 2)}${digits(day, 2)}`;
}

function sexOf(value: string): string {
  switch (value) {
    case 'male':
      return 'M';
    case 'female':
      return 'F';
    case 'unspecified':
      return 'U';
    default:
      return `O;${escapeText(value)}`;
  }
}

/** https://www.rfc-editor.org/rfc/rfc6350#section-6.6.6 */
const kin: ReadonlyMap<string, string> = new Map([
  ['spouse', 'spouse'],
  ['child', 'child'],
  ['mother', 'parent'],
  ['father', 'parent'],
  ['parent', 'parent'],
  ['brother', 'sibling'],
  ['sister', 'sibling'],
  ['friend', 'friend'],
  ['relative', 'kin'],
]);

function relationProperty({ person, type, formattedType }: VcardPerson['relations'][number]): Property {
  return {
    ...textProperty('RELATED', person, { VALUE: 'text', TYPE: kin.get(type ?? '') ?? null }),
    label: formattedType || type,
  };
}

function rest(person: VcardPerson): Property[] {
  return [
    ...person.locations.map((each) => labelled('X-LOCATION', escaped(each.value), each)),
    ...person.miscKeywords.map((each) => labelled('X-KEYWORD', escaped(each.value), each)),
    ...person.externalIds.map((each) => labelled('X-EXTERNAL-ID', escaped(each.value), each)),
    ...person.userDefined.map(({ key, value }) => ({ ...textProperty('X-CUSTOM', value), label: key })),
    ...person.clientData.map(({ key, value }) => ({ ...textProperty('X-CLIENT-DATA', value), label: key })),
  ];
}

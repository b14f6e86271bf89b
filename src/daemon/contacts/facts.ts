import type { PersonFact, PersonFactKind } from '../../contract/contacts.ts';
import { shownText } from '../../contract/shown-text.ts';
import { WebAddress } from '../../contract/web-address.ts';
import type { GoogleDate, GooglePerson } from './api.ts';

type Said = string | null | undefined;

/** Everything that Google said of a person, line by line; groups by the names that are known of them. */
export function factsOf(person: GooglePerson, groupNames: ReadonlyMap<string, string>): PersonFact[] {
  const facts: PersonFact[] = [];

  function say(kind: PersonFactKind, value: Said, label: Said = null, address: Said = null): void {
    const shown = shownLines(value ?? '');
    if (shown === '') return;
    const href = WebAddress.safeParse(address).data ?? null;
    facts.push({ kind, label: shownText(label ?? '') || null, value: shown, href });
  }
  const labelOf = ({ formattedType, type }: { formattedType?: Said; type?: Said }): Said => formattedType || type;

  for (const { displayName } of person.names) say('name', displayName);
  for (const name of person.names) say('phonetic', phonetic(name));
  for (const { value } of person.nicknames) say('nickname', value);
  for (const { value } of person.fileAses) say('file-as', value);
  for (const job of person.organizations) {
    say(
      'organization',
      [job.title, job.department, job.name, job.jobDescription].filter(Boolean).join(', '),
      labelOf(job),
    );
  }
  for (const { value } of person.occupations) say('occupation', value);
  for (const phone of person.phoneNumbers) {
    const number = (phone.canonicalForm ?? phone.value ?? '').replaceAll(/[^\d+*#]/g, '');
    say('phone', phone.value, labelOf(phone), number === '' ? null : `tel:${number}`);
  }
  for (const email of person.emailAddresses) say('email', email.value, labelOf(email), `mailto:${email.value}`);
  for (const address of person.addresses) say('address', address.formattedValue, labelOf(address));
  for (const im of person.imClients) say('im', im.username, im.formattedProtocol || im.protocol || labelOf(im));
  for (const sip of person.sipAddresses) say('sip', sip.value, labelOf(sip));
  for (const url of person.urls) say('url', url.value, labelOf(url), url.value);
  for (const { date, text } of person.birthdays) say('birthday', dayOf(date) ?? text);
  for (const event of person.events) say('event', dayOf(event.date), labelOf(event));
  for (const relation of person.relations) say('relation', relation.person, labelOf(relation));
  for (const { value } of person.biographies) say('note', value);
  for (const { contactGroupMembership } of person.memberships) {
    say('group', groupNames.get(contactGroupMembership?.contactGroupResourceName ?? ''));
  }
  for (const { key, value } of person.userDefined) say('custom', value, key);
  for (const { value } of person.interests) say('interest', value);
  for (const { value } of person.skills) say('skill', value);
  for (const { formattedValue, value } of person.genders) say('gender', formattedValue || value);
  for (const { value } of person.locales) say('locale', value);
  for (const location of person.locations) say('location', location.value, labelOf(location));
  for (const external of person.externalIds) say('external-id', external.value, labelOf(external));
  for (const keyword of person.miscKeywords) say('keyword', keyword.value, labelOf(keyword));
  for (const calendar of person.calendarUrls) say('calendar', calendar.url, labelOf(calendar), calendar.url);
  for (const { key, value } of person.clientData) say('client-data', value, key);
  return facts;
}

function phonetic(name: GooglePerson['names'][number]): string {
  return name.phoneticFullName || [name.phoneticGivenName, name.phoneticFamilyName].filter(Boolean).join(' ');
}

/** `YYYY-MM-DD`, or `--MM-DD` where nobody said the year: RFC 6350, section 4.3.1. */
function dayOf(date: GoogleDate): string | null {
  if (!date?.month || !date.day) return date?.year ? String(date.year) : null;
  const two = (part: number) => String(part).padStart(2, '0');
  const year = date.year ? String(date.year).padStart(4, '0') : '-';
  return `${year}-${two(date.month)}-${two(date.day)}`;
}

/** Addresses and notes have lines. */
function shownLines(text: string): string {
  return text
    .slice(0, 20_000)
    .split(/\r\n?|\n/)
    .map((line) => shownText(line, 5_000).trimEnd())
    .join('\n')
    .trim()
    .slice(0, 9_999)
    .toWellFormed();
}

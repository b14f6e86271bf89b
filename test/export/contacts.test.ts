import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { parse } from 'vcard4';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../daemon/support/folder.ts';
import type { ContactControl } from '../google/contacts/control.ts';
import { pngOf } from '../google/contacts/photos.ts';
import { openHouse } from '../services/house.ts';
import { subject } from '../services/subjects/contacts.ts';

// Contacts as files, from Google to the disk, read back card by card; a card by itself is in `vcard.test.ts`.

type Jcard = [name: string, properties: [name: string, params: object, type: string, ...values: unknown[]][]];

async function exported(contacts: number) {
  const house = await openHouse(subject);
  const control = house.control as unknown as ContactControl;
  control.seedContacts(house.ada, { contacts, others: 30, seed: 11 });
  const daemon = await house.synced();
  const folder = temporaryFolder();
  const done = await daemon.peer.request('export', {
    folder,
    parts: [{ accountId: house.ada, label: 'Ada', services: ['contacts'] }],
  });
  expect(done).toMatchObject({ kind: 'done' });
  const home = join(folder, 'Mooring export', 'Ada', 'Contacts');
  expect(readdirSync(home).toSorted()).toEqual([
    'As Google sent it.jsonl',
    'Contacts.vcf',
    'Other contacts.vcf',
    'mooring-export.json',
  ]);
  const cards = (name: string) => readFileSync(join(home, name), 'utf8').split(/(?<=^END:VCARD\r\n)/m);
  return { house, control, cards };
}

/** The values of a property of a card, as ical.js reads it. */
function valuesOf(card: string, wanted: string): unknown[] {
  const [, properties] = ICAL.parse(card) as unknown as Jcard;
  return properties.flatMap(([name, , , ...values]) => (name === wanted ? values.flat() : []));
}

test('every contact is a card that two other programs read, with its names, numbers, groups and photo', async () => {
  const { house, control, cards } = await exported(200);
  const people = control.contacts(house.ada);
  const groups = new Map(control.contactGroups(house.ada).map((group) => [group.resourceName, group]));
  const own = cards('Contacts.vcf');
  expect(own).toHaveLength(200);
  expect(cards('Other contacts.vcf')).toHaveLength(30);
  for (const card of [...own, ...cards('Other contacts.vcf')]) {
    expect(() => parse(card)).not.toThrow();
    const [id] = valuesOf(card, 'uid');
    const person = people.find(({ resourceName }) => resourceName === id);
    expect(person, String(id)).toBeDefined();
    const text = (values: readonly (string | null | undefined)[]) => values.filter(Boolean);
    expect(valuesOf(card, 'tel')).toEqual(text((person?.phoneNumbers ?? []).map(({ value }) => value)));
    expect(valuesOf(card, 'email')).toEqual(text((person?.emailAddresses ?? []).map(({ value }) => value)));
    const note = person?.biographies?.[0]?.value;
    expect(valuesOf(card, 'note')).toEqual(note ? [note.replaceAll(/\r\n?/g, '\n')] : []);
    const memberships = (person?.memberships ?? []).flatMap(({ contactGroupMembership }) => {
      const group = groups.get(contactGroupMembership?.contactGroupResourceName ?? '');
      return group?.groupType === 'USER_CONTACT_GROUP' ? [group.name] : [];
    });
    expect(valuesOf(card, 'categories')).toEqual(memberships);
    const photo = person?.photos?.find((each) => each.default !== true)?.url;
    const name = /contact-photos\/(.*)=s\d+$/.exec(photo ?? '')?.[1];
    expect(valuesOf(card, 'photo')).toEqual(
      name === undefined ? [] : [`data:image/png;base64,${pngOf(name).toString('base64')}`],
    );
  }
});

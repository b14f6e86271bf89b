import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import {
  type Circle,
  ContactGroup,
  contacts as contract,
  People,
  PersonDetails,
  PersonPhoto,
} from '../../src/contract/contacts.ts';
import { placeOf } from '../../src/daemon/contacts/rows.ts';
import type { ContactControl } from '../google/contacts/control.ts';
import type { Person } from '../google/contacts/model.ts';
import { photoPath, pngOf } from '../google/contacts/photos.ts';
import { openHouse } from '../services/house.ts';
import { subject } from '../services/subjects/contacts.ts';

// What of contacts no other service has; the rules of all services are in `test/services/conformance.test.ts`.

async function newHouse() {
  const house = await openHouse(subject);
  const control = house.control as unknown as Pick<typeof house.control, 'now' | 'moveClock'> & ContactControl;
  control.seedContacts(house.ada, { contacts: 0, others: 0, seed: 1 });
  const put = (person: Person) => control.putContact(house.ada, person).resourceName ?? '';
  const named = (displayName: string, more: Person = {}) => put({ names: [{ displayName }], ...more });
  return { house, control, put, named };
}

type Running = Awaited<ReturnType<Awaited<ReturnType<typeof newHouse>>['house']['synced']>>;

async function read(daemon: Running, circle: Circle = { kind: 'contacts' }) {
  const items: People['items'] = [];
  let after: string | null = null;
  do {
    const page: People = People.parse(await daemon.ask('people', { circle, after, limit: 2 }));
    items.push(...page.items);
    after = page.next;
    expect(page.total).toBeGreaterThanOrEqual(items.length);
  } while (after !== null);
  return items;
}

const names = async (daemon: Running, circle?: Circle) => (await read(daemon, circle)).map(({ name }) => name);

describe('the order of people', () => {
  test('is by name without case and accents, page by page, and who has none comes last', async () => {
    const { house, named, put } = await newHouse();
    for (const name of ['Zoë', 'ada', 'Éva', 'Eve', 'Ösel', '(Otto)', '健', '🌱']) named(name);
    put({ emailAddresses: [{ value: 'bert@example.com' }] });
    put({ birthdays: [{ date: { month: 2, day: 3 } }] });
    put({ resourceName: 'otherContacts/c1', emailAddresses: [{ value: 'met@example.com' }] });
    const daemon = await house.synced();
    const all = await names(daemon);
    expect(all).toEqual(['ada', 'bert@example.com', 'Éva', 'Eve', 'Ösel', '(Otto)', 'Zoë', '健', '', '🌱']);
    expect(await names(daemon, { kind: 'others' })).toEqual(['met@example.com']);
    expect(daemon.status().counts).toEqual({ contacts: 10, others: 1, groups: 4 });
  });

  test('refuses a place that no answer named', async () => {
    const { house } = await newHouse();
    const daemon = await house.synced();
    for (const after of ['x', '[]', '["a"]', '{"a":1}']) {
      await expect(daemon.ask('people', { circle: { kind: 'contacts' }, after, limit: 2 })).rejects.toThrow();
    }
  });

  test.each([
    ['Ådne', 'adne'],
    ['  “Quoted”', 'quoted”'],
    ['ﬁn', 'fin'],
  ])('%s stands at %s', (name, place) => expect(placeOf(name)).toBe(place));
});

test('groups have the people that are in them, as they join and leave', async () => {
  const { house, control, named } = await newHouse();
  const crew = control.putContactGroup(house.ada, { name: 'Crew', formattedName: 'Crew' }).resourceName ?? '';
  const memberships = [{ contactGroupMembership: { contactGroupResourceName: crew } }];
  const ada = named('Ada', { memberships });
  named('Bea', { memberships });
  named('Cleo');
  const daemon = await house.synced();
  const circle: Circle = { kind: 'group', accountId: house.ada, groupId: crew };
  const members = async () =>
    ContactGroup.array()
      .parse(await daemon.ask('groups', { limit: 100 }))
      .find(({ id }) => id === crew)?.members;
  expect([await names(daemon, circle), await members()]).toEqual([['Ada', 'Bea'], 2]);
  control.putContact(house.ada, { resourceName: ada, memberships: [] });
  await daemon.sync();
  expect([await names(daemon, circle), await members()]).toEqual([['Bea'], 1]);
  control.deleteContactGroup(house.ada, crew);
  await daemon.sync();
  expect(await members()).toBeUndefined();
  expect(await names(daemon)).toEqual(['Ada', 'Bea', 'Cleo']);
});

test('a contact that Google calls by another name now is no second one, and keeps its photo', async () => {
  const { house, control, named } = await newHouse();
  const before = named('Ada', { photos: [{ url: photoPath('ada') }] });
  const daemon = await house.synced();
  const photos = house.requests().filter(({ endpoint }) => endpoint === 'contactPhoto');
  expect(photos).toEqual([]);
  const now = control.renameContact(house.ada, before);
  await daemon.sync();
  expect(await read(daemon)).toMatchObject([{ id: now, name: 'Ada', photo: true }]);
  expect(house.requests().filter(({ endpoint }) => endpoint === 'contactPhoto')).toEqual([]);
  // Twice renamed between two syncs, and changed too.
  const last = control.renameContact(house.ada, control.renameContact(house.ada, now));
  control.putContact(house.ada, { resourceName: last, names: [{ displayName: 'Ada L.' }] });
  await daemon.sync();
  expect(await read(daemon)).toMatchObject([{ id: last, name: 'Ada L.', photo: true }]);
});

test('that all contacts have changed at once changes nothing, where nothing in them has', async () => {
  const { house, control } = await newHouse();
  control.seedContacts(house.ada, { contacts: 50, others: 10, seed: 3 });
  const daemon = await house.synced();
  const { revision } = daemon.status();
  control.touchContacts(house.ada);
  await daemon.sync();
  expect(daemon.status().revision).toBe(revision);
});

describe('sync tokens', () => {
  test('that have expired are answered with 400, and mean reading anew, once', async () => {
    const { house, control, named } = await newHouse();
    named('Ada');
    const gone = named('Bea');
    const daemon = await house.synced();
    control.deleteContact(house.ada, gone);
    control.forgetContactTokens(house.ada);
    await daemon.sync();
    expect(daemon.status()).toMatchObject({ failure: null, stuck: [] });
    expect(await names(daemon)).toEqual(['Ada']);
    house.control.clearRequests();
    await daemon.sync();
    expect(house.requests().every(({ query }) => 'syncToken' in query)).toBe(true);
  });

  test('are not used for so long: after six days everything is read', async () => {
    const { house, named } = await newHouse();
    named('Ada');
    const daemon = await house.synced();
    house.control.moveClock(6 * 86_400_000);
    daemon.clock.set(daemon.clock.now() + 6 * 86_400_000);
    house.control.clearRequests();
    await daemon.sync();
    expect(house.requests().filter(({ query }) => 'syncToken' in query)).toEqual([]);
    expect(await names(daemon)).toEqual(['Ada']);
  });

  test('a first page has a quota of its own, which holds up only for a while', async () => {
    const { house, control, named } = await newHouse();
    named('Ada');
    control.limitFirstPages(1);
    const daemon = house.start();
    await daemon.attach();
    await daemon.sync();
    expect(daemon.status().failure).toMatchObject({ kind: 'observed', observation: { status: 429 } });
    control.limitFirstPages(null);
    await daemon.sync();
    expect(daemon.status().failure).toBeNull();
    expect(await names(daemon)).toEqual(['Ada']);
  });

  test('changes that show late are met', async () => {
    const { house, control, named } = await newHouse();
    const daemon = await house.synced();
    control.delayContacts(60_000);
    named('Late');
    await daemon.sync();
    expect(await names(daemon)).toEqual([]);
    control.moveClock(61_000);
    await daemon.sync();
    expect(await names(daemon)).toEqual(['Late']);
  });
});

describe('photos', () => {
  const photoOf = async ({ house }: Awaited<ReturnType<typeof newHouse>>, daemon: Running, id: string) =>
    PersonPhoto.nullable().parse(await daemon.ask('photo', { accountId: house.ada, id }));

  test('are fetched once, without a token, and are there without a network', async () => {
    const world = await newHouse();
    const { house, control, named } = world;
    const ada = named('Ada', { photos: [{ url: photoPath('ada') }] });
    const drawn = named('Bea', { photos: [{ url: photoPath('drawn'), default: true }] });
    const daemon = house.start();
    await daemon.attach();
    await daemon.sync();
    const asked = () => house.requests().filter(({ endpoint }) => endpoint === 'contactPhoto');
    expect(asked().map(({ path }) => path)).toEqual(['/contact-photos/ada=s256']);
    expect(JSON.stringify(asked())).not.toMatch(/bearer/i);
    await daemon.sync();
    expect(asked()).toHaveLength(1);
    expect(await photoOf(world, daemon, ada)).toEqual({ type: 'image/png', base64: pngOf('ada').toString('base64') });
    expect(await photoOf(world, daemon, drawn)).toBeNull();
    // Another photo takes its place, and none has none.
    control.putContact(house.ada, { resourceName: ada, photos: [{ url: photoPath('older') }] });
    await daemon.sync();
    expect((await photoOf(world, daemon, ada))?.base64).toBe(pngOf('older').toString('base64'));
    control.putContact(house.ada, { resourceName: ada, photos: [] });
    await daemon.sync();
    expect(await photoOf(world, daemon, ada)).toBeNull();
    control.deleteContact(house.ada, drawn);
    await daemon.sync();
    const db = new Database(daemon.path, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM contact_photos').pluck().get()).toBe(0);
    db.close();
  });

  test('that nobody answers for are left for the next sync, and hold up nothing', async () => {
    const world = await newHouse();
    const { house, named } = world;
    const ada = named('Ada', {
      photos: [{ url: photoPath('second') }, { url: photoPath('first'), metadata: { primary: true } }],
    });
    house.control.breakEndpoint('contactPhoto' as never, { kind: 'drop' });
    const daemon = await house.synced();
    expect(daemon.status()).toMatchObject({ failure: null, stuck: [] });
    expect(await photoOf(world, daemon, ada)).toBeNull();
    house.control.repair();
    await daemon.sync();
    expect((await photoOf(world, daemon, ada))?.base64).toBe(pngOf('first').toString('base64'));
  });

  test.each(['missing', 'page', 'drawing', 'elsewhere', 'huge'])(
    'S38 that are none (%s) hold up nothing',
    async (trap) => {
      const world = await newHouse();
      const { house, named } = world;
      const odd = named('Ada', { photos: [{ url: photoPath(trap) }] });
      const good = named('Bea', { photos: [{ url: photoPath('bea') }] });
      const daemon = await house.synced();
      expect(daemon.status()).toMatchObject({ failure: null, stuck: [] });
      expect([await photoOf(world, daemon, odd), (await photoOf(world, daemon, good))?.type]).toEqual([
        null,
        'image/png',
      ]);
      const asked = () => house.requests().filter(({ path }) => path.includes(trap)).length;
      await daemon.sync();
      expect(asked()).toBe(0);
      daemon.clock.set(daemon.clock.now() + 86_400_001);
      await daemon.sync();
      expect(asked()).toBe(1);
    },
  );

  test.each([
    'http://127.0.0.1:1/contact-photos/ada',
    'http://169.254.169.254/latest/meta-data',
    'https://googleusercontent.com.example/x',
    'https://ada@lh3.googleusercontent.com/x',
    'https://lh3.googleusercontent.com:8443/x',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'x',
  ])('S38 are asked for nowhere but at Google: %s', async (url) => {
    const world = await newHouse();
    const id = world.named('Ada', { photos: [{ url }] });
    const daemon = await world.house.synced();
    expect(daemon.status()).toMatchObject({ failure: null, stuck: [] });
    expect(await photoOf(world, daemon, id)).toBeNull();
  });
});

test('without the permission for those whom Google noted, the contacts are copied all the same', async () => {
  const { house, named, put } = await newHouse();
  named('Ada');
  put({ resourceName: 'otherContacts/c1', emailAddresses: [{ value: 'met@example.com' }] });
  for (const scope of contract.moreScopes) house.control.removeScope(house.ada, scope);
  const daemon = await house.synced();
  expect(daemon.status()).toMatchObject({ failure: null, stuck: [], counts: { contacts: 1, others: 0 } });
  // Without the other, nothing of the service goes on.
  for (const scope of contract.scopes) house.control.removeScope(house.ada, scope);
  await daemon.sync();
  expect(daemon.status().failure).toMatchObject({ kind: 'observed', observation: { status: 403 } });
});

test('all that is known of a person is told, each thing with what it is called', async () => {
  const { house, control, put } = await newHouse();
  const crew = control.putContactGroup(house.ada, { name: 'Crew', formattedName: 'Crew' }).resourceName ?? '';
  const id = put({
    names: [{ displayName: 'Ada Lovelace', phoneticFullName: 'AY-da' }],
    nicknames: [{ value: 'Countess' }],
    organizations: [{ name: 'Analytical', title: 'Engineer', formattedType: 'Work' }],
    phoneNumbers: [{ value: '+353 21 123', canonicalForm: '+35321123', formattedType: 'Mobile' }],
    emailAddresses: [{ value: 'ada@example.com', type: 'home' }],
    addresses: [{ formattedValue: '1 Quay St\nCork', formattedType: 'Home' }],
    urls: [{ value: 'javascript:alert(1)' }, { value: 'https://example.com/' }],
    birthdays: [{ date: { month: 12, day: 10 } }],
    events: [{ date: { year: 1835, month: 7, day: 8 }, formattedType: 'Anniversary' }],
    relations: [{ person: 'Byron', formattedType: 'Father' }],
    biographies: [{ value: 'First,\nthen.' }],
    memberships: [{ contactGroupMembership: { contactGroupResourceName: crew } }],
    userDefined: [{ key: 'Berth', value: 'B7' }],
  });
  const daemon = await house.synced();
  const person = PersonDetails.parse(await daemon.ask('person', { accountId: house.ada, id }));
  expect(person).toMatchObject({ name: 'Ada Lovelace', other: false, photo: false });
  expect(person.facts.map(({ kind, label, value, href }) => [kind, label, value, href])).toEqual([
    ['name', null, 'Ada Lovelace', null],
    ['phonetic', null, 'AY-da', null],
    ['nickname', null, 'Countess', null],
    ['organization', 'Work', 'Engineer, Analytical', null],
    ['phone', 'Mobile', '+353 21 123', 'tel:+35321123'],
    ['email', 'home', 'ada@example.com', 'mailto:ada@example.com'],
    ['address', 'Home', '1 Quay St\nCork', null],
    ['url', null, 'javascript:alert(1)', null],
    ['url', null, 'https://example.com/', 'https://example.com/'],
    ['birthday', null, '--12-10', null],
    ['event', 'Anniversary', '1835-07-08', null],
    ['relation', 'Father', 'Byron', null],
    ['note', null, 'First,\nthen.', null],
    ['group', null, 'Crew', null],
    ['custom', 'Berth', 'B7', null],
  ]);
  expect(await daemon.ask('person', { accountId: house.ada, id: 'people/nobody' })).toBeNull();
});

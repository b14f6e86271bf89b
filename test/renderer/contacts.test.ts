import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type PeopleRequest,
  type PersonDetails,
  PersonFactKind,
  type PersonItem,
  type PersonRequest,
} from '../../src/contract/contacts.ts';
import type { AppState } from '../../src/contract/state.ts';
import { idleSync } from '../../src/contract/sync.ts';
import { factNames, groupFacts } from '../../src/renderer/contacts/fact-words.ts';
import { contactsFace } from '../../src/renderer/contacts/index.tsx';
import { calm, type Main, startWindows } from './open-window.ts';
import { offline, view, working } from './views.ts';

// The contacts of the renderer as it is shipped, in Chromium; the test plays main on the other side of the bridge.

type Windows = Awaited<ReturnType<typeof startWindows>>;
let windows: Windows;
beforeAll(async () => {
  windows = await startWindows();
}, 60_000);
afterAll(() => windows.close());

const answerWith = (value: unknown) => Promise.resolve({ ok: true as const, value });
const account = (id: string, sync: Partial<typeof idleSync>): AppState['accounts'][number] => ({
  ...view(id),
  services: { contacts: { standing: working, sync: { ...idleSync, ...sync } } },
});
const state = (sync: Partial<typeof idleSync>): AppState => ({ ...calm, accounts: [account('ada', sync)] });
const done = { lastSuccessAt: 1, revision: 1, counts: { contacts: 10_000, others: 2, groups: 2 } };
const synced = state(done);

/** One red pixel. */
const photo = {
  type: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
};

interface Asked {
  readonly name: string;
  readonly accounts: readonly string[];
  readonly params: unknown;
}

interface Held {
  /** How many contacts there are; two more people were noted by Google. */
  readonly contacts: number;
  readonly facts?: PersonDetails['facts'];
  /** Whoever is asked about is not there. */
  readonly gone?: () => boolean;
  readonly photo?: (person: PersonRequest) => Promise<unknown>;
}

/** Answers as the daemon does, and notes what it was asked. Everybody has a photo. */
function main(held: Held, asked: Asked[] = []): Main {
  const person = (circle: PeopleRequest['circle']['kind'], index: number): PersonItem => ({
    accountId: 'ada',
    id: `${circle === 'others' ? 'other' : 'person'}-${index}`,
    name: `${circle === 'others' ? 'Other' : 'Person'} ${index}`,
    detail: index === 1 ? null : 'Analytical Engines',
    photo: true,
  });
  return (name, question) => {
    if (name !== 'ask') return undefined;
    const { name: query, params } = question as Asked;
    asked.push(question as Asked);
    switch (query) {
      case 'groups':
        return answerWith([
          { accountId: 'ada', id: 'family', name: 'Family', members: 3 },
          { accountId: 'ada', id: 'rowing', name: 'Rowing', members: 0 },
        ]);
      case 'people': {
        const { circle, after, limit } = params as PeopleRequest;
        const amounts = { contacts: held.contacts, others: 2 };
        const total = circle.kind === 'group' ? (circle.groupId === 'family' ? 3 : 0) : amounts[circle.kind];
        const from = Number(after ?? 0);
        const items = Array.from({ length: Math.min(limit, total - from) }, (_, at) => person(circle.kind, from + at));
        return answerWith({ items, total, next: from + items.length < total ? String(from + items.length) : null });
      }
      case 'person': {
        if (held.gone?.()) return answerWith(null);
        const [kind, index] = (params as PersonRequest).id.split('-');
        const other = kind === 'other';
        return answerWith({
          name: `${other ? 'Other' : 'Person'} ${index}`,
          other,
          photo: true,
          facts: held.facts ?? [],
        });
      }
      case 'photo':
        return (held.photo?.(params as PersonRequest) ?? Promise.resolve(photo)).then(answerWith);
      default:
        return undefined;
    }
  };
}

async function open(...params: Parameters<Windows['open']>) {
  const opened = await windows.open(...params);
  await opened.page.getByRole('navigation', { name: 'Services' }).getByRole('button', { name: 'Contacts' }).click();
  return { ...opened, [Symbol.asyncDispose]: () => opened.page.context().close() };
}

test('a list is walked with the keys, and who is selected is shown beside it', async () => {
  await using window = await open(synced, main({ contacts: 3 }));
  const { page } = window;
  const list = page.getByRole('listbox', { name: 'All contacts' });
  await list.focus();
  const detail = page.getByRole('article', { name: 'Person' });
  await page.keyboard.press('ArrowDown');
  await detail.getByRole('heading', { name: 'Person 0' }).waitFor();
  await page.keyboard.press('End');
  await detail.getByRole('heading', { name: 'Person 2' }).waitFor();
  expect(await list.getByRole('option', { selected: true }).innerText()).toContain('Person 2');
  await page.keyboard.press('Enter');
  expect(await detail.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('of ten thousand contacts only those in sight are in the page, and the last is reached', async () => {
  await using window = await open(synced, main({ contacts: 10_000 }));
  const { page } = window;
  const list = page.getByRole('listbox', { name: 'All contacts' });
  await list.focus();
  await list.getByRole('option').first().waitFor();
  expect(await list.getByRole('option').first().getAttribute('aria-setsize')).toBe('10000');
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return list.getByRole('option', { selected: true }).getAttribute('aria-posinset');
    })
    .toBe('10000');
  await page.getByRole('heading', { name: 'Person 9999' }).waitFor();
  expect(await list.getByRole('option').count()).toBeLessThan(100);
});

describe('circles', () => {
  test('are all contacts, those whom Google noted, and each group, with how many are in it', async () => {
    const asked: Asked[] = [];
    await using window = await open(synced, main({ contacts: 5 }, asked));
    const { page } = window;
    const choice = page.getByRole('combobox', { name: 'Which people' });
    await choice.getByRole('option', { name: 'Family (3)' }).waitFor({ state: 'attached' });
    expect(await choice.getByRole('option').allInnerTexts()).toEqual([
      'All contacts (10,000)',
      'Noted by Google (2)',
      'Family (3)',
      'Rowing (0)',
    ]);
    await page.getByText('Person 1').click();
    await page.getByRole('heading', { name: 'Person 1' }).waitFor();
    await choice.selectOption('Family (3)');
    await page.getByText('Choose somebody').waitFor();
    const family = page.getByRole('listbox', { name: 'Contacts in Family' });
    await expect.poll(() => family.getByRole('option').count()).toBe(3);
    expect(asked.filter(({ name }) => name === 'people').at(-1)?.params).toMatchObject({
      circle: { kind: 'group', accountId: 'ada', groupId: 'family' },
    });
    await choice.selectOption('Noted by Google (2)');
    const noted = page.getByRole('listbox', { name: 'People noted by Google' });
    await noted.getByText('Other 1').click();
    await page.getByRole('article').getByText('not one of your contacts').waitFor();
    await page.getByText('Google noted them by itself').waitFor();
  });

  test('say whose a group and a contact is, where it could be more than one person’s', async () => {
    const two = { ...calm, accounts: [account('ada', done), account('grace', done)] };
    await using window = await open(two, main({ contacts: 2 }));
    const { page } = window;
    const choice = page.getByRole('combobox', { name: 'Which people' });
    await choice.getByRole('option', { name: 'Family (3) · ada@example.com' }).waitFor({ state: 'attached' });
    expect(await choice.getByRole('option').first().innerText()).toBe('All contacts (20,000)');
    const row = page.getByRole('option').filter({ hasText: 'Person 0' });
    expect(await row.innerText()).toContain('· ada@example.com');
    await row.click();
    await page.getByRole('article', { name: 'Person' }).getByText('ada@example.com').waitFor();
  });

  test('a group that has gone gives way to all contacts', async () => {
    let gone = false;
    const answers = main({ contacts: 2 });
    await using window = await open(synced, (name, question) =>
      gone && (question as Asked | null)?.name === 'groups' ? answerWith([]) : answers(name, question),
    );
    const { page } = window;
    await page.getByRole('combobox').selectOption('Rowing (0)');
    await page.getByText('Nobody is in this group').waitFor();
    gone = true;
    await window.say(state({ ...done, revision: 2 }));
    await page.getByRole('listbox', { name: 'All contacts' }).waitFor();
    expect(await page.getByRole('combobox').inputValue()).toBe('contacts');
  });
});

test('“nobody” is said only of what was copied', async () => {
  await using window = await open(synced, (name, question) =>
    (question as Asked | null)?.name === 'people'
      ? answerWith({ items: [], total: 0, next: null })
      : main({ contacts: 0 })(name, question),
  );
  const { page } = window;
  await page.getByText('You have no contacts yet').waitFor();
  await page.getByRole('combobox').selectOption('Rowing (0)');
  await page.getByText('Nobody is in this group').waitFor();
  await page.getByRole('combobox').selectOption('others');
  await page.getByText('Google has noted nobody for you').waitFor();
  await window.say(state({ running: true }));
  await page.getByText('Being copied for the first time').waitFor();
  await window.say(state({}));
  await page.getByText('Not copied yet').waitFor();
});

test('without a network the copy is shown and called one', async () => {
  const cutOff = { ...account('ada', done), connection: offline };
  await using window = await open({ ...calm, accounts: [cutOff] }, main({ contacts: 2 }));
  await window.page.getByText('Shown from this computer’s copy').waitFor();
  await window.page.getByText('Person 1').waitFor();
});

test('who goes from the copy while selected is said to have gone', async () => {
  let gone = false;
  await using window = await open(synced, main({ contacts: 2, gone: () => gone }));
  const { page } = window;
  await page.getByText('Person 1').click();
  await page.getByRole('heading', { name: 'Person 1' }).waitFor();
  gone = true;
  await window.say(state({ ...done, revision: 2 }));
  await page.getByText('This person is no longer in the copy').waitFor();
  expect(await page.getByRole('heading', { name: 'Person 1' }).count()).toBe(0);
});

test.each(['groups', 'people', 'person'])('%s that cannot be read are said', async (broken) => {
  await using window = await open(synced, (name, question) =>
    (question as Asked | null)?.name === broken ? answerWith({ items: 7 }) : main({ contacts: 1 })(name, question),
  );
  if (broken === 'person') await window.page.getByText('Person 0').click();
  await window.page.locator('[data-code="contacts-unreadable"]').waitFor();
});

describe('what is known of a person', () => {
  test('is shown by what it is about, with the words of whoever wrote it', async () => {
    const facts: PersonDetails['facts'] = [
      { kind: 'name', label: null, value: 'Person 0', href: null },
      { kind: 'email', label: 'Work', value: 'ada@example.com', href: 'mailto:ada@example.com' },
      { kind: 'phone', label: '<b>sea</b> shanty', value: '+44 7700 900123', href: 'tel:+447700900123' },
      { kind: 'address', label: null, value: '12 St James’s Square\nLondon', href: null },
      { kind: 'email', label: null, value: 'countess@example.com', href: null },
    ];
    await using window = await open(synced, main({ contacts: 1, facts }));
    const { page } = window;
    await page.getByText('Person 0').click();
    const detail = page.getByRole('article', { name: 'Person' });
    await detail.getByRole('term').first().waitFor();
    expect(await detail.getByRole('term').allInnerTexts()).toEqual(['Phone', 'E-mail', 'Address']);
    const told = await detail.getByRole('definition').allInnerTexts();
    expect(told[0]).toContain('<b>sea</b> shanty');
    expect(told[1]).toMatch(/ada@example\.com\s+Work\s+countess@example\.com/);
    expect(told[2]).toContain('Square\nLondon');
    await detail.getByRole('button', { name: 'ada@example.com' }).click();
    await detail.getByText('Address copied').waitFor();
    expect(window.asked).toEqual([{ name: 'copyAddress', params: { address: 'mailto:ada@example.com' } }]);
  });

  test('has a name for every kind of line, and loses none', () => {
    const facts = PersonFactKind.options.map((kind) => ({ kind, label: null, value: kind, href: null }));
    const groups = groupFacts([...facts, ...facts]);
    expect(groups.flatMap((group) => group.facts)).toHaveLength(2 * facts.length);
    expect(new Set(groups.map(({ name }) => name)).size).toBe(facts.length);
    expect(Object.values(factNames).filter((name) => !/^[A-Z][a-z-]+( [a-z]+)*$/.test(name))).toEqual([]);
  });
});

describe('photos', () => {
  const photosAsked = (asked: readonly Asked[]) =>
    asked.flatMap(({ name, params }) => (name === 'photo' ? [(params as PersonRequest).id] : []));

  test('are read of those in sight only, and once', async () => {
    const asked: Asked[] = [];
    await using window = await open(synced, main({ contacts: 10_000 }, asked));
    const { page } = window;
    const list = page.getByRole('listbox');
    const first = list.getByRole('option').first().locator('img');
    await first.waitFor();
    await list.focus();
    await page.keyboard.press('End');
    await list.getByRole('option', { selected: true }).locator('img').waitFor();
    await page.keyboard.press('Home');
    await first.waitFor();
    const ids = photosAsked(asked);
    expect(ids.length).toBeLessThan(200);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are not read of those who have gone out of sight before it was their turn', async () => {
    const asked: Asked[] = [];
    const held = Promise.withResolvers<unknown>();
    await using window = await open(synced, main({ contacts: 400, photo: () => held.promise }, asked));
    const { page } = window;
    const list = page.getByRole('listbox');
    await list.getByText('Person 8').waitFor();
    await expect.poll(() => photosAsked(asked)).toContain('person-0');
    await list.focus();
    await page.keyboard.press('End');
    await list.getByText('Person 399').waitFor();
    await list.getByText('Person 8', { exact: true }).waitFor({ state: 'detached' });
    held.resolve(photo);
    await list.getByRole('option', { selected: true }).locator('img').waitFor();
    expect(photosAsked(asked)).not.toContain('person-8');
  });

  test('are read anew when the copy has changed', async () => {
    const asked: Asked[] = [];
    await using window = await open(synced, main({ contacts: 1 }, asked));
    await window.page.getByRole('listbox').locator('img').waitFor();
    await window.say(state({ ...done, revision: 2 }));
    await expect.poll(() => photosAsked(asked)).toEqual(['person-0', 'person-0']);
  });

  test('take the place of letters, and nothing moves', async () => {
    const held = Promise.withResolvers<unknown>();
    await using window = await open(synced, main({ contacts: 3, photo: () => held.promise }));
    const { page } = window;
    await page.getByText('Person 2').click();
    await page.getByRole('heading', { name: 'Person 2' }).waitFor();
    const places = () =>
      page
        .locator(':is(.list-detail, .list-detail *):not(img)')
        .evaluateAll((all) => all.map((each) => JSON.stringify(each.getBoundingClientRect())));
    const before = await places();
    expect(await page.locator('article .contact-photo').innerText()).toBe('P2');
    held.resolve(photo);
    await page.locator('article .contact-photo img').waitFor();
    await expect.poll(() => page.getByRole('listbox').locator('img').count()).toBe(3);
    expect(await places()).toEqual(before);
  });

  test('one stays while it cannot be read again, and goes once it is kept no longer', async () => {
    let answer: unknown = photo;
    const asked: Asked[] = [];
    await using window = await open(synced, main({ contacts: 1, photo: () => Promise.resolve(answer) }, asked));
    const image = window.page.getByRole('listbox').locator('img');
    await image.waitFor();
    answer = { type: 'image/png' };
    await window.say(state({ ...done, revision: 2 }));
    await expect.poll(() => photosAsked(asked)).toHaveLength(2);
    answer = null;
    await image.waitFor();
    await window.say(state({ ...done, revision: 3 }));
    await window.page.locator('.contact-photo', { hasText: 'P0' }).waitFor();
  });

  test.each([
    ['is no picture', { type: 'image/png', base64: 'bm8gcGljdHVyZQ==' }],
    [
      'is of a kind that is not shown',
      {
        type: 'image/svg+xml',
        base64: 'PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiLz4=',
      },
    ],
  ])('one that %s leaves the letters', async (_, bad) => {
    const asked: Asked[] = [];
    const some = (person: PersonRequest) => Promise.resolve(person.id === 'person-0' ? bad : photo);
    await using window = await open(synced, main({ contacts: 2, photo: some }, asked));
    const rows = window.page.getByRole('listbox').getByRole('option');
    await rows.nth(1).locator('img').waitFor();
    await expect.poll(() => photosAsked(asked)).toContain('person-0');
    await expect.poll(() => rows.first().locator('.contact-photo').innerText()).toBe('P0');
    expect(await window.page.locator('[data-code]').count()).toBe(0);
  });
});

describe('somebody who was asked for', () => {
  let asking: Windows;
  beforeAll(async () => {
    const root = join(import.meta.dirname, 'asked-for');
    asking = await startWindows({ root, html: join(root, 'index.html') });
  }, 60_000);
  afterAll(() => asking.close());

  async function ask(item: string, gone: () => boolean = () => false) {
    const { page, say } = await asking.open(synced, main({ contacts: 400, gone }));
    await page.getByRole('listbox').waitFor();
    const show = (wanted: string, nth: number) =>
      page.evaluate((detail) => dispatchEvent(new CustomEvent('asked-for', { detail })), {
        accountId: 'ada',
        item: wanted,
        nth,
      });
    await show(item, 1);
    return { page, say, show, [Symbol.asyncDispose]: () => page.context().close() };
  }

  test('is selected among all contacts, in sight, whatever was chosen before', async () => {
    await using window = await ask(JSON.stringify({ id: 'person-300' }));
    const { page, show } = window;
    const selected = page.getByRole('listbox', { name: 'All contacts' }).getByRole('option', { selected: true });
    await selected.getByText('Person 300').waitFor();
    const inSight = () =>
      selected.evaluate((row) => {
        const list = row.closest('.long-list')!.getBoundingClientRect();
        const { top, bottom } = row.getBoundingClientRect();
        return top >= list.top && bottom <= list.bottom;
      });
    await expect.poll(inSight).toBe(true);
    await page.getByRole('heading', { name: 'Person 300' }).waitFor();
    await page.getByRole('combobox').selectOption('Family (3)');
    await page.getByRole('listbox', { name: 'Contacts in Family' }).waitFor();
    await show(JSON.stringify({ id: 'person-300' }), 2);
    await selected.getByText('Person 300').waitFor();
  });

  test('is selected among those whom Google noted, if they are one of them', async () => {
    let gone = false;
    await using window = await ask(JSON.stringify({ id: 'other-1' }), () => gone);
    const { page, say } = window;
    const noted = page.getByRole('listbox', { name: 'People noted by Google' });
    await noted.getByRole('option', { selected: true }).getByText('Other 1').waitFor();
    await page.getByRole('heading', { name: 'Other 1' }).waitFor();
    await noted.getByText('Other 0').click();
    await page.getByRole('heading', { name: 'Other 0' }).waitFor();
    // Whoever is chosen in a list stays in it, whatever becomes of them.
    gone = true;
    await say(state({ ...done, revision: 2 }));
    await page.getByText('This person is no longer in the copy').waitFor();
    expect(await page.getByRole('combobox').inputValue()).toBe('others');
  });

  test('by what is no contact’s changes nothing', async () => {
    await using window = await ask('{"id":');
    const { page, show } = window;
    await show('{"id":7}', 2);
    await page.getByText('Choose somebody').waitFor();
    await page.getByText('Person 1', { exact: true }).click();
    await page.getByRole('heading', { name: 'Person 1' }).waitFor();
  });
});

test('counts have words, and those whom Google noted are counted only where there are any', () => {
  const { counts, items } = contactsFace.words;
  expect(counts('en-GB', { contacts: 1_204, groups: 12, others: 310 })).toBe('1,204 contacts · 12 groups · 310 others');
  expect(counts('en-GB', { contacts: 1, groups: 1, others: 0 })).toBe('1 contact · 1 group');
  expect(counts('en-GB', {})).toBe('0 contacts · 0 groups');
  expect(items('en-GB', 12_500)).toBe('12,500 contacts');
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Standing } from '../../src/contract/standing.ts';
import type { AccountView, AppState } from '../../src/contract/state.ts';
import { idleSync, type SyncStatus } from '../../src/contract/sync.ts';
import { calm, type Main, startWindows } from '../renderer/open-window.ts';
import { view, working } from '../renderer/views.ts';

// Every service in the window: Calendar, and two that the app does not have, which it is given without a change of it.

let windows: Awaited<ReturnType<typeof startWindows>>;
beforeAll(async () => {
  const root = join(import.meta.dirname, 'window');
  windows = await startWindows({ root, html: join(root, 'index.html') });
}, 60_000);
afterAll(() => windows.close());

interface Given {
  readonly name: string;
  readonly title: string;
  /** The region in which it shows what is held. */
  readonly region: string;
  readonly empty: unknown;
  readonly filled: unknown;
  /** A word of what is held then. */
  readonly shows: string;
  /** So many of everything. */
  readonly counts: (amount: number) => Record<string, number>;
  readonly words: readonly [none: string, one: string, many: string];
}

const event = {
  key: 'a',
  accountId: 'ada',
  calendarId: 'work',
  eventId: 'a',
  kind: 'meeting',
  answer: null,
  busyOnly: false,
  calendarName: 'Work',
  color: '#336699',
  title: 'Xylophone',
  location: null,
  tentative: false,
  recurring: false,
  incomplete: false,
};

const given: readonly Given[] = [
  {
    name: 'calendar',
    title: 'Calendar',
    region: 'Agenda',
    empty: { items: [], next: null, skipped: 0 },
    filled: {
      items: [{ ...event, when: { kind: 'timed', start: Date.now(), end: Date.now() } }],
      next: null,
      skipped: 0,
    },
    shows: 'Xylophone',
    counts: (amount) => ({ calendars: amount, events: amount }),
    words: ['0 calendars · 0 events', '1 calendar · 1 event', '5,012 calendars · 5,012 events'],
  },
  ...(['Books', 'Plants'] as const).map((title) => ({
    name: title.toLowerCase(),
    title,
    region: `Shelves of ${title}`,
    empty: { titles: [] },
    filled: { titles: Array.from({ length: 100 }, (_, at) => `Zither ${at}`) },
    shows: 'Zither 99',
    counts: (amount: number) => ({ things: amount }),
    words: ['0 things', '1 thing', '5,012 things'] as const,
  })),
];

const off = (reason: 'not-chosen' | 'declined' | 'switched-off'): Standing => ({
  kind: 'off',
  reason,
  sentence: 'Nothing of it is copied.',
  action: 'keep',
});

type Parts = Readonly<Record<string, { standing?: Standing; sync?: Partial<SyncStatus> }>>;

function account(id: string, parts: Parts): AccountView {
  const services = given.map(({ name }) => {
    const { standing = working, sync = {} } = parts[name] ?? {};
    return [name, { standing, sync: { ...idleSync, lastSuccessAt: 0, ...sync } }] as const;
  });
  return { ...view(id), services: Object.fromEntries(services) };
}

const stateOf = (...accounts: AccountView[]): AppState => ({ ...calm, accounts });

async function open(state: AppState, answer: (service: string) => unknown) {
  const main: Main = (name, params) =>
    name === 'ask' ? Promise.resolve({ ok: true, value: answer((params as { service: string }).service) }) : undefined;
  const opened = await windows.open(state, main);
  return { ...opened, [Symbol.asyncDispose]: () => opened.page.context().close() };
}

describe.each(given.map((each) => [each.title, each] as const))('%s', (_, subject) => {
  const { name, title, region, empty, filled, shows, counts, words } = subject;
  const others = (service: string) => given.find((each) => each.name === service)?.empty;
  const answer = (own: unknown) => (service: string) => (service === name ? own : others(service));
  const enter = async ({ page }: Awaited<ReturnType<typeof open>>) => {
    await page.getByRole('navigation', { name: 'Services' }).getByRole('button', { name: title }).press('Enter');
    return page;
  };
  const row = (page: Awaited<ReturnType<typeof enter>>) => page.locator(`[data-service="${name}"]`);

  test.each([
    ['nothing', 0, words[0]],
    ['one', 1, words[1]],
    ['many', 5_012, words[2]],
  ])('its numbers have words for %s', async (_name, amount, said) => {
    await using window = await open(
      stateOf(account('ada', { [name]: { sync: { counts: counts(amount) } } })),
      answer(empty),
    );
    const page = await enter(window);
    expect(await row(page).getByTestId('counts').innerText()).toBe(said);
  });

  test('is reached by keyboard; empty, full, and full again after it was empty', async () => {
    let own = empty;
    const state = (revision: number) => stateOf(account('ada', { [name]: { sync: { revision } } }));
    await using window = await open(state(1), (service) => answer(own)(service));
    const page = await enter(window);
    const screen = page.getByRole('region', { name: region });
    await screen.waitFor();
    expect(await screen.getByText(shows).count()).toBe(0);
    own = filled;
    await window.say(state(2));
    await screen.getByText(shows).waitFor();
  });

  test('is not asked again while its revision stays, whatever the others do', async () => {
    let asked = 0;
    const state = (revision: number) =>
      stateOf(
        account(
          'ada',
          Object.fromEntries(
            given.map((each) => [each.name, { sync: { revision: each.name === name ? 1 : revision } }]),
          ),
        ),
      );
    await using window = await open(state(1), (service) => {
      if (service === name) asked += 1;
      return answer(filled)(service);
    });
    const page = await enter(window);
    await page.getByRole('region', { name: region }).getByText(shows).waitFor();
    const before = asked;
    for (const revision of [2, 3, 4]) await window.say(state(revision));
    await page.getByRole('region', { name: region }).getByText(shows).waitFor();
    expect(asked).toBe(before);
  });

  test('while it is off it explains itself, and asks with one button', async () => {
    await using window = await open(
      stateOf(account('ada', { [name]: { standing: off('not-chosen') } })),
      answer(empty),
    );
    const page = await enter(window);
    const asking = page.getByRole('region', { name: title, exact: true });
    await asking.getByText('Nothing of it is copied.').waitFor();
    expect(await asking.getByRole('button').count()).toBe(1);
    await asking.getByRole('button').press('Enter');
    await expect
      .poll(() => window.asked)
      .toEqual([{ name: 'keepService', params: { accountId: 'ada', service: name } }]);
  });

  test('switched off with a copy, the copy can be read, and erased', async () => {
    const held = { standing: off('switched-off'), sync: { counts: counts(3) } };
    await using window = await open(stateOf(account('ada', { [name]: held })), answer(filled));
    const page = await enter(window);
    await page.getByRole('region', { name: region }).getByText(shows).waitFor();
    await row(page)
      .getByRole('button', { name: `Erase the copy: ${title}` })
      .press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).press('Enter');
    await expect
      .poll(() => window.asked)
      .toEqual([{ name: 'dropService', params: { accountId: 'ada', service: name, erase: true } }]);
  });

  test('is turned off in its row, which asks whether the copy goes', async () => {
    await using window = await open(stateOf(account('ada', {})), answer(filled));
    const page = await enter(window);
    await row(page)
      .getByRole('button', { name: `Turn off ${title}` })
      .press('Enter');
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('radio', { name: /^Keep the copy/ }).isChecked()).toBe(true);
    await dialog.getByRole('radio', { name: /^Erase it/ }).check();
    await dialog.getByRole('button', { name: 'Turn off' }).press('Enter');
    await expect
      .poll(() => window.asked)
      .toEqual([{ name: 'dropService', params: { accountId: 'ada', service: name, erase: true } }]);
  });

  const troubles: readonly [string, Standing][] = [
    ['waiting', { kind: 'waiting', reason: 'rate-limited', sentence: 'A pause.', action: 'retry', retryAt: null }],
    [
      'without permission',
      { kind: 'needs-permission', reason: 'scope-missing', sentence: 'Not allowed.', action: 'keep' },
    ],
    ['partial', { kind: 'partial', reason: 'lists-refused', sentence: 'A list stands still.', action: 'retry' }],
    ['blocked', { kind: 'blocked-by-admin', reason: 'blocked-by-admin', sentence: 'Blocked.', action: 'ask-admin' }],
    [
      'switched off at Google',
      { kind: 'api-disabled', reason: 'api-disabled', sentence: 'Off.', action: 'fix-client' },
    ],
  ];
  test.each(troubles)('%s, that is said in its row alone, and its copy stays', async (_name, standing) => {
    await using window = await open(stateOf(account('ada', { [name]: { standing } })), answer(filled));
    const page = await enter(window);
    await row(page).getByText(standing.sentence).waitFor();
    expect(await page.getByText(standing.sentence).count()).toBe(1);
    await page.getByRole('region', { name: region }).getByText(shows).waitFor();
    const permission = row(page).getByRole('button', { name: `Give permission: ${title}` });
    expect(await permission.count()).toBe(standing.action === 'keep' ? 1 : 0);
  });
});

test('at the sign-in a person chooses what to copy, Calendar ticked first, each with what is read and why', async () => {
  await using window = await open({ ...calm, accounts: [] }, () => undefined);
  const { page } = window;
  const boxes = page.getByRole('group', { name: 'What to copy to this computer' }).getByRole('checkbox');
  await boxes.first().waitFor();
  expect(await boxes.count()).toBe(3);
  expect(await boxes.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).checked))).toEqual([
    true,
    false,
    false,
  ]);
  await page.getByRole('checkbox', { name: 'Books' }).check();
  await page.getByRole('checkbox', { name: 'Calendar' }).uncheck();
  await page.getByText('Mooring reads what is on your shelves of Books').waitFor();
  await page.getByRole('button', { name: 'Sign in with Google' }).click();
  await expect.poll(() => window.asked).toEqual([{ name: 'signIn', params: { hint: null, services: ['books'] } }]);
});

test('one more account is asked the same, whatever was chosen for the one before', async () => {
  await using window = await open(
    stateOf(account('ada', {})),
    (name) => given.find((each) => each.name === name)?.empty,
  );
  const { page } = window;
  await page.getByRole('button', { name: 'Add account' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add an account' });
  await dialog.getByRole('checkbox', { name: 'Plants' }).check();
  await dialog.getByRole('button', { name: 'Sign in with Google' }).click();
  await expect
    .poll(() => window.asked)
    .toEqual([{ name: 'signIn', params: { hint: null, services: ['calendar', 'plants'] } }]);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgendaItem, AgendaRequest, EventDetails } from '../../src/contract/calendar.ts';
import type { AppState } from '../../src/contract/state.ts';
import { idleSync } from '../../src/contract/sync.ts';
import { calm, type Main, startWindows } from './open-window.ts';
import { view, working } from './views.ts';

// The agenda of the renderer as it is shipped, in Chromium; the test plays main on the other side of the bridge.

let windows: Awaited<ReturnType<typeof startWindows>>;
beforeAll(async () => {
  windows = await startWindows();
}, 60_000);
afterAll(() => windows.close());

async function open(...params: Parameters<typeof windows.open>) {
  const opened = await windows.open(...params);
  return { ...opened, [Symbol.asyncDispose]: () => opened.page.context().close() };
}

const synced: AppState = { ...calm, accounts: [withSync({ lastSuccessAt: 1, revision: 1 })] };

function withSync(sync: Partial<typeof idleSync>) {
  return { ...view('ada'), services: { calendar: { standing: working, sync: { ...idleSync, ...sync } } } };
}

const item = (index: number, more: Partial<AgendaItem> = {}): AgendaItem => ({
  key: `item-${index}`,
  accountId: 'ada',
  calendarId: 'work',
  eventId: `event-${index}`,
  calendarName: 'Work',
  color: '#3f51b5',
  kind: 'meeting',
  title: `Entry ${index}`,
  location: null,
  answer: null,
  busyOnly: false,
  tentative: false,
  recurring: false,
  incomplete: false,
  when: { kind: 'timed', start: 0, end: 0 },
  ...more,
});

const day = (from: string, days: number) =>
  new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

interface Asked {
  readonly name: string;
  readonly params: AgendaRequest;
}
const answerWith = (value: unknown) => Promise.resolve({ ok: true as const, value });

/** Answers as the daemon does: so many all-day items on each of the fourteen days, a page at a time. */
function dense(perDay: number, asked: Asked[] = []): Main {
  return (name, params) => {
    const question = params as Asked;
    if (name !== 'ask' || question.name !== 'agenda') return undefined;
    asked.push(question);
    const { from, after, limit } = question.params;
    const at = Number(after ?? 0);
    const items = Array.from({ length: Math.min(limit, 14 * perDay - at) }, (_, index) => {
      const start = day(from, Math.floor((at + index) / perDay));
      return item(at + index, { when: { kind: 'all-day', start, end: day(start, 1) } });
    });
    const next = at + items.length < 14 * perDay ? String(at + items.length) : null;
    return answerWith({ items, next, skipped: 0 });
  };
}

describe('a fortnight with more than an answer has', () => {
  test('is read to its end by scrolling, and its heading names the days that are shown', async () => {
    const asked: Asked[] = [];
    await using window = await open(synced, dense(60, asked));
    const { page } = window;
    const days = page.locator('.day');
    await page.getByText('Entry 0', { exact: true }).waitFor();
    const first = await days.count();
    expect(first).toBe(9);
    expect(asked[0]?.params).toMatchObject({ after: null, limit: 500 });
    const heading = page.getByRole('region', { name: 'Agenda' }).getByRole('heading', { level: 2 });
    const short = await heading.innerText();
    const items = page.locator('.item');
    // It reads on while its end is in view, until there is nothing more.
    const atEnd = () =>
      page.evaluate(() => {
        document.querySelector('.agenda-days > :last-child')?.scrollIntoView();
        return document.querySelectorAll('.item').length;
      });
    await expect.poll(atEnd, { timeout: 30_000 }).toBe(14 * 60);
    expect(await days.count()).toBe(14);
    expect(await items.count()).toBe(14 * 60);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
    expect(await heading.innerText()).not.toBe(short);
    expect(Math.max(...asked.map(({ params }) => params.limit))).toBeLessThanOrEqual(500);
  });

  test('can be read on from the keyboard', async () => {
    await using window = await open(synced, dense(60));
    const more = window.page.getByRole('button', { name: 'Show more' });
    await more.focus();
    await window.page.keyboard.press('Enter');
    await expect.poll(() => window.page.locator('.day').count()).toBe(14);
  });

  test('leaves the focus at its last entry when there is nothing more to read', async () => {
    await using window = await open(synced, dense(60));
    const { page } = window;
    const more = page.getByRole('button', { name: 'Show more' });
    await more.focus();
    await page.keyboard.press('Enter');
    await more.waitFor({ state: 'detached' });
    await page
      .getByRole('button', { name: `Entry ${14 * 60 - 1}` })
      .and(page.locator(':focus'))
      .waitFor();
  });
});

test('rows of other days are dimmed, under their own heading, until the wanted ones are there', async () => {
  const held = Promise.withResolvers<void>();
  let hold = false;
  const answers = dense(1);
  await using window = await open(synced, (name, params) => {
    if (!hold || name !== 'ask') return answers(name, params);
    return held.promise.then(() => answers(name, params) ?? answerWith(null));
  });
  const { page } = window;
  await page.getByText('Entry 0', { exact: true }).waitFor();
  const heading = page.getByRole('region', { name: 'Agenda' }).getByRole('heading', { level: 2 });
  const before = await heading.innerText();
  hold = true;
  await page.getByRole('button', { name: 'Next two weeks' }).click();
  await page.locator('.agenda-days[data-old="true"]').waitFor();
  expect(await heading.innerText()).toBe(before);
  held.resolve();
  await page.locator('.agenda-days[data-old="false"]').waitFor();
  expect(await heading.innerText()).not.toBe(before);
});

test('during a first sync there is one count, and “nothing” is said nowhere', async () => {
  const progress = { list: 'Work', done: 0, total: 2, items: 1_250, full: true };
  await using window = await open({ ...calm, accounts: [withSync({ running: true, progress })] });
  const { page } = window;
  await page.clock.runFor(1_500);
  await page.getByText('Being copied for the first time').waitFor();
  const shown = await page.locator('body').innerText();
  expect(shown.match(/1,250/g)).toHaveLength(1);
  expect(shown).not.toMatch(/nothing|\b0 (calendars|events)/i);
});

test('declined, unanswered and other kinds are told apart from meetings', async () => {
  const kinds: Partial<AgendaItem>[] = [
    { title: 'Refused', answer: 'declined' },
    { title: 'Open', answer: 'unanswered' },
    { title: 'At home', kind: 'working-location' },
    { title: 'Busy', busyOnly: true },
  ];
  await using window = await open(synced, (name, params) => {
    if (name !== 'ask') return undefined;
    const { from } = (params as Asked).params;
    const when = { kind: 'all-day', start: from, end: day(from, 1) } as const;
    return answerWith({ items: kinds.map((kind, index) => item(index, { ...kind, when })), next: null, skipped: 2 });
  });
  const { page } = window;
  await page.getByText('Refused').waitFor();
  const struck = (title: string) =>
    page.getByText(title, { exact: true }).evaluate((element) => getComputedStyle(element).textDecorationLine);
  expect(await struck('Refused')).toBe('line-through');
  expect(await struck('Open')).toBe('none');
  expect(await page.locator('.item', { hasText: 'Refused' }).innerText()).toContain('declined');
  expect(await page.locator('.item', { hasText: 'Open' }).innerText()).toContain('not answered');
  expect(await page.locator('.item', { hasText: 'At home' }).innerText()).toContain('working location');
  await page.getByText('2 repeating events may show less than there is here').waitFor();
});

describe('the details of an event', () => {
  const details: EventDetails = {
    accountId: 'ada',
    calendarId: 'work',
    eventId: 'event-0',
    calendarName: 'Work',
    color: '#3f51b5',
    kind: 'meeting',
    title: 'Entry 0',
    location: 'Room 4',
    answer: 'tentative',
    busyOnly: false,
    tentative: false,
    when: { kind: 'timed', start: Date.now(), end: Date.now() + 3_600_000 },
    recurrence: ['RRULE:FREQ=WEEKLY'],
    organizer: 'Grace Hopper',
    guests: [
      {
        name: 'Grace Hopper',
        email: 'grace@example.com',
        answer: 'accepted',
        self: false,
        organizer: true,
        optional: false,
        resource: false,
      },
      {
        name: 'Ada',
        email: 'ada@example.com',
        answer: 'tentative',
        self: true,
        organizer: false,
        optional: false,
        resource: false,
      },
    ],
    guestCount: 700,
    description: [
      {
        kind: 'paragraph',
        runs: [
          { text: '<b>Bring</b> ', href: null },
          { text: 'the notes', href: 'https://example.com/n' },
        ],
      },
    ],
    descriptionCut: false,
    conference: [{ label: 'meet.google.com/abc', href: 'https://meet.google.com/abc' }],
    attachments: [{ label: 'Plan', href: 'https://docs.google.com/d/1' }],
    reminders: [{ method: 'popup', minutes: 10 }],
    visibility: 'private',
    link: 'https://www.google.com/calendar/event?eid=x',
  };
  const main =
    (event: EventDetails | null): Main =>
    (name, params) => {
      if (name !== 'ask') return undefined;
      if ((params as Asked).name === 'event') return answerWith(event);
      const when = details.when!;
      return answerWith({ items: [item(0, { when, answer: 'tentative' })], next: null, skipped: 0 });
    };

  test('open from the keyboard, say all that is known, and give the focus back', async () => {
    await using window = await open(synced, main(details));
    const { page } = window;
    const row = page.getByRole('button', { name: /Entry 0/ });
    await row.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Entry 0' });
    await dialog.getByText('Room 4').waitFor();
    const told = await dialog.innerText();
    for (const words of [
      'You said maybe',
      'every week',
      'Grace Hopper',
      '700 guests',
      'and 698 more',
      '<b>Bring</b>',
      'meet.google.com/abc',
      'Plan',
      '10 minutes before, on screen',
      'private',
    ]) {
      expect(told).toContain(words);
    }
    await dialog.getByRole('button', { name: 'the notes' }).click();
    await dialog.getByText('Address copied').waitFor();
    expect(window.asked).toContainEqual({ name: 'copyAddress', params: { address: 'https://example.com/n' } });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await row.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('say that an event has gone from the copy', async () => {
    await using window = await open(synced, main(null));
    await window.page.getByRole('button', { name: /Entry 0/ }).click();
    await window.page.getByText('This event is no longer in the copy').waitFor();
  });
});

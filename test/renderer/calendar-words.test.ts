import { expect, test } from 'vitest';
import type { AgendaItem } from '../../src/contract/calendar.ts';
import { guestWords, reminderWords, repeatsWords } from '../../src/renderer/calendar/details-words.ts';
import { emptyWords } from '../../src/renderer/calendar/empty-words.ts';
import { chipsOf } from '../../src/renderer/calendar/item-words.ts';
import type { ReadAgenda } from '../../src/renderer/calendar/read-agenda.ts';
import { shownRange } from '../../src/renderer/calendar/shown-range.ts';
import { skippedWords } from '../../src/renderer/calendar/skipped-words.ts';
import { whenWords } from '../../src/renderer/calendar/when-words.ts';

const range = { from: '2026-11-02', to: '2026-11-16', timeZone: 'Europe/Lisbon' };
const read = (when: AgendaItem['when'] | null, next: string | null): ReadAgenda => ({
  items: when === null ? [] : [{ when } as AgendaItem],
  next,
  skipped: 0,
});
const timed = (at: string) => ({ kind: 'timed', start: Date.parse(at), end: Date.parse(at) + 1 }) as const;

test('days are named only as far as everything begun on them was read', () => {
  const to = (when: AgendaItem['when'] | null, next: string | null) => shownRange({ range }, read(when, next)).to;
  expect(to(timed('2026-11-05T10:00:00Z'), null)).toBe('2026-11-16');
  expect(to(null, null)).toBe('2026-11-16');
  expect(to(timed('2026-11-05T10:00:00Z'), 'more')).toBe('2026-11-06');
  expect(to({ kind: 'all-day', start: '2026-11-05', end: '2026-11-12' }, 'more')).toBe('2026-11-06');
  expect(to(timed('2026-10-01T10:00:00Z'), 'more')).toBe('2026-11-03');
  expect(to(timed('2026-11-15T23:59:00Z'), 'more')).toBe('2026-11-16');
});

test('nothing is said to be planned only where all of it was copied', () => {
  const sync = (lastSuccessAt: number | null, running = false) => ({ lastSuccessAt, running });
  expect(emptyWords([sync(1)])).toBe('Nothing planned');
  expect(emptyWords([sync(1, true), sync(2)])).toBe('Nothing planned');
  for (const early of [[], [sync(null)], [sync(null, true)], [sync(1), sync(null, true)]]) {
    expect(emptyWords(early)).not.toMatch(/nothing/i);
  }
  expect(emptyWords([sync(null, true)])).toMatch(/^Being copied for the first time/);
});

test('kinds and answers are told in words, and an ordinary meeting in none', () => {
  const item = { kind: 'meeting', answer: 'accepted', tentative: false, incomplete: false } as AgendaItem;
  expect(chipsOf(item)).toEqual([]);
  expect(chipsOf({ ...item, answer: 'declined' })).toEqual(['declined']);
  expect(chipsOf({ ...item, answer: 'tentative' })).toEqual(['maybe']);
  expect(chipsOf({ ...item, answer: 'unanswered' })).toEqual(['not answered']);
  expect(chipsOf({ ...item, kind: 'out-of-office', tentative: true })).toEqual(['out of office', 'tentative']);
  expect(chipsOf({ ...item, kind: 'birthday', answer: null, incomplete: true })).toEqual([
    'birthday',
    'may repeat more often',
  ]);
});

test('a time is told in the reader’s zone, and the end of a day is exclusive', () => {
  const day = (start: string, end: string) => whenWords('en-GB', 'Asia/Tokyo', { kind: 'all-day', start, end });
  expect(day('2026-11-05', '2026-11-06')).toMatch(/5 November 2026$/);
  expect(day('2026-11-05', '2026-11-05')).toMatch(/5 November 2026$/);
  expect(day('2026-11-05', '2026-11-08')).toMatch(/5.*7 November 2026$/);
  const when = { kind: 'timed', start: Date.parse('2026-11-05T23:30:00Z'), end: Date.parse('2026-11-06T01:00:00Z') };
  expect(whenWords('en-GB', 'Europe/Lisbon', when as AgendaItem['when'])).toMatch(
    /5 November.*23:30.*6 November.*01:00/,
  );
  expect(whenWords('en-GB', 'Asia/Tokyo', when as AgendaItem['when'])).toMatch(/6 November.*08:30.*10:00/);
});

test('how often a series repeats is told as far as one rule says it', () => {
  expect(repeatsWords([])).toBeNull();
  expect(repeatsWords(['RRULE:FREQ=WEEKLY;BYDAY=MO'])).toBe('every week');
  expect(repeatsWords(['EXDATE:20261105', 'RRULE:FREQ=MONTHLY;INTERVAL=3'])).toBe('every 3 months');
  expect(repeatsWords(['RRULE:FREQ=DAILY', 'RRULE:FREQ=YEARLY'])).toBe('by rules of its own');
  expect(repeatsWords(['RDATE:20261105'])).toBe('by rules of its own');
});

test('reminders and guests are told in words', () => {
  expect(reminderWords('en-GB', { method: 'popup', minutes: 10 })).toBe('10 minutes before, on screen');
  expect(reminderWords('en-GB', { method: 'email', minutes: 2_880 })).toBe('2 days before, by mail');
  expect(reminderWords('en-GB', { method: 'popup', minutes: 0 })).toBe('0 minutes before, on screen');
  const guest = { name: 'Room', email: '', answer: 'declined', self: false, organizer: false } as const;
  expect(guestWords({ ...guest, optional: true, resource: true })).toBe('not coming · optional · room or equipment');
});

test('what could not be worked out is counted in words', () => {
  expect(skippedWords('en-GB', 1)).toMatch(/^1 repeating event may show less than there is here/);
  expect(skippedWords('en-GB', 5_012)).toMatch(/^5,012 repeating events may show less than there is here/);
});

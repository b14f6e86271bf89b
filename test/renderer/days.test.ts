import { expect, test } from 'vitest';
import { addDays, daysBetween, dayTeller, dayWords } from '../../src/renderer/common/days.ts';

test('days are counted over months, leap years and changes of the clock', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
  expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
  expect(addDays('2025-03-23', 14)).toBe('2025-04-06');
});

test('a stretch of days leaves out its end', () => {
  expect(daysBetween('2025-05-30', '2025-06-02')).toEqual(['2025-05-30', '2025-05-31', '2025-06-01']);
  expect(daysBetween('2025-05-30', '2025-05-30')).toEqual([]);
  expect(daysBetween('2025-05-31', '2025-05-30')).toEqual([]);
});

test('the zone decides which day a moment falls on', () => {
  const moment = Date.parse('2025-05-12T23:30:00Z');
  expect(dayTeller('UTC')(moment)).toBe('2025-05-12');
  expect(dayTeller('Europe/Lisbon')(moment)).toBe('2025-05-13');
  expect(dayTeller('America/Los_Angeles')(moment)).toBe('2025-05-12');
  expect(dayTeller('Pacific/Kiritimati')(moment)).toBe('2025-05-13');
  expect(dayTeller('UTC')(Date.parse('2025-01-02T00:00:00Z'))).toBe('2025-01-02');
});

test('days read as their reader writes them, whatever zone the computer is in', () => {
  const words = dayWords('en-GB');
  // Versions of ICU disagree about commas and spaces.
  expect(words.full('2025-05-12').replace(',', '')).toBe('Monday 12 May 2025');
  expect(words.weekday('2025-05-12')).toBe('Mon');
  expect(words.date('2025-05-12')).toBe('12');
  expect(words.month('2025-05-12')).toBe('May');
  expect(words.range('2025-05-12', '2025-05-26').replaceAll(/\s*–\s*/g, '–')).toBe('12–25 May 2025');
});

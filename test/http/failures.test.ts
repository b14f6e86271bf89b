import { describe, expect, onTestFinished, test } from 'vitest';
import { networkCode } from '../../src/http/network-code.ts';
import { readRetryAfter } from '../../src/http/retry-after.ts';

const retryAfter = (value: string | null, date: string | null = 'Mon, 02 Nov 2026 09:00:00 GMT') =>
  readRetryAfter(new Headers({ ...(value !== null && { 'retry-after': value }), ...(date !== null && { date }) }));

test('Retry-After is seconds, or a date by the clock of whoever sent it', () => {
  expect(retryAfter('120')).toBe(120);
  expect(retryAfter(' 120 ')).toBe(120);
  expect(retryAfter('Mon, 02 Nov 2026 09:01:30 GMT')).toBe(90);
  expect(retryAfter('Mon, 02 Nov 2026 08:00:00 GMT')).toBe(0);
  expect(retryAfter('Mon, 02 Nov 2026 09:01:30 GMT', null)).toBeNull();
  expect(retryAfter(null)).toBeNull();
  for (const odd of ['-5', '1e9', '9'.repeat(40), 'soon', '']) expect(retryAfter(odd) ?? 0).toBe(0);
});

test('Retry-After is read in each form that HTTP knows, and nothing is made of what is none', () => {
  const zone = process.env['TZ'];
  onTestFinished(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  // The oldest form names no zone, and means the same instant everywhere.
  process.env['TZ'] = 'America/New_York';
  expect(retryAfter('Mon Nov  2 09:01:30 2026')).toBe(90);
  expect(retryAfter('Monday, 02-Nov-26 09:01:30 GMT')).toBe(90);
  expect(retryAfter('Mon, 02 Nov 2026 09:01:30 GMT', 'Mon Nov  2 09:00:00 2026')).toBe(90);
  // Parts of a second are waited for as a whole one.
  expect(retryAfter('1.5')).toBe(2);
  for (const odd of ['-5', 'soon 5', '5 minutes', '+5', '120, 120']) expect(retryAfter(odd)).toBeNull();
});

describe('the code of a failure on the wire', () => {
  const coded = (fields: object, cause?: unknown) => Object.assign(new Error('', { cause }), fields);
  test.each([
    ['the system’s', coded({ code: 'ENOTFOUND' }), 'ENOTFOUND'],
    ['what fetch wraps', new TypeError('fetch failed', { cause: coded({ code: 'ECONNRESET' }) }), 'ECONNRESET'],
    ['a time limit of the platform', coded({ name: 'TimeoutError', code: 23 }), 'ETIMEDOUT'],
    ['a time limit of gaxios', coded({ code: 'TimeoutError' }), 'ETIMEDOUT'],
    ['a redirect', coded({ type: 'no-redirect' }), 'REDIRECT'],
    [
      'the first of several addresses',
      new AggregateError([coded({}), coded({ code: 'ECONNREFUSED' }), coded({ code: 'ETIMEDOUT' })]),
      'ECONNREFUSED',
    ],
    ['what is no code', coded({ code: '<b>hello</b>' }), null],
    ['no error at all', 'ENOTFOUND', null],
  ])('%s', (_, error, code) => expect(networkCode(error)).toBe(code));

  test('is not looked for without an end', () => {
    const round = new Error('round');
    round.cause = round;
    expect(networkCode(round)).toBeNull();
  });
});

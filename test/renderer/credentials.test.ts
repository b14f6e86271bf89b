import { expect, test } from 'vitest';
import { Audit, type AuditCheck, AuditCheckName } from '../../src/contract/audit.ts';
import { MetAt } from '../../src/contract/observation.ts';
import { checkTitle, overall, testedWords, triggerWords } from '../../src/renderer/lab/audit-words.ts';
import { clockWords, ends, obtained, scopeMeaning } from '../../src/renderer/lab/credential-words.ts';
import { observationRows, placeWords } from '../../src/renderer/lab/observation-words.ts';
import { faces } from '../../src/renderer/services.ts';
import { readDays } from '../../src/renderer/settings/retention-words.ts';

const audit = (verdicts: Partial<Record<AuditCheckName, AuditCheck['verdict']>>): Audit => ({
  at: 0,
  trigger: 'request',
  checks: AuditCheckName.options.map((name) => ({ name, verdict: verdicts[name] ?? 'good', finding: '' })),
});

test('the worst finding decides about an audit', () => {
  expect(overall(audit({}))).toBe('good');
  expect(overall(audit({ clock: 'unknown' }))).toBe('unknown');
  expect(overall(audit({ clock: 'unknown', expiry: 'attention' }))).toBe('attention');
  expect(overall(audit({ clock: 'unknown', expiry: 'attention', refresh: 'bad' }))).toBe('bad');
});

test('a test’s outcome names what is not good, worst first', () => {
  expect(testedWords(audit({}))).toBe('Tested: everything is good.');
  expect(testedWords(audit({ keychain: 'bad', refresh: 'unknown', identity: 'unknown' }))).toBe(
    'Tested. Bad: Keychain. Not known: Refresh, Identity.',
  );
});

test('every check, trigger and place has words of its own', () => {
  const distinct = (words: string[]) => new Set(words).size === words.length;
  expect(distinct(AuditCheckName.options.map(checkTitle))).toBe(true);
  expect(distinct(Audit.shape.trigger.options.map(triggerWords))).toBe(true);
  expect(distinct(MetAt.options.map(placeWords))).toBe(true);
});

test('an error is shown as it was said, without what was not', () => {
  expect(
    observationRows({
      kind: 'answer',
      where: 'refresh',
      status: 400,
      error: 'invalid_grant',
      subtype: null,
      description: 'Token has been expired or revoked.',
      retryAfterSeconds: null,
    }),
  ).toEqual([
    ['HTTP status', '400'],
    ['error', 'invalid_grant'],
    ['error_description', 'Token has been expired or revoked.'],
  ]);
  expect(observationRows({ kind: 'unreadable', where: 'refresh', status: 200, contentType: 'text/html' })).toEqual([
    ['HTTP status', '200'],
    ['Content-Type', 'text/html'],
    ['body', 'not in Google’s language'],
  ]);
  expect(observationRows({ kind: 'network', where: 'refresh', code: 'ENOTFOUND' })).toEqual([['network', 'ENOTFOUND']]);
});

test('an end is ahead or over', () => {
  const day = 86_400_000;
  expect(ends(6 * day, 0)).toBe('ends in 6 days');
  expect(ends(0, 2 * day)).toBe('ended 2 days ago');
  expect(ends(0, 0)).toBe('ended just now');
  expect(obtained(0, day)).toBe('obtained 1 day ago');
});

test.each([
  [null, 'not compared yet'],
  [900, 'agrees with Google’s'],
  [-1_400, 'agrees with Google’s'],
  [12_300, '12 seconds ahead of Google’s'],
  [-600_000, '10 minutes behind Google’s'],
  [3 * 3_600_000, '3 hours ahead of Google’s'],
  [-7 * 86_400_000, '7 days behind Google’s'],
])('a clock that is %d ms off', (skew, words) => {
  expect(clockWords(skew)).toBe(words);
});

test('a scope that is not known has no meaning made up for it', () => {
  expect(scopeMeaning('https://www.googleapis.com/auth/calendar.readonly', faces)).toBe('Read your calendars');
  expect(scopeMeaning('https://www.googleapis.com/auth/drive', faces)).toBeNull();
});

test.each(['1', '30', ' 3650 ', '030'])('“%s” is a number of days', (typed) => {
  expect(readDays(typed)).toEqual({ ok: true, days: Number(typed) });
});

test.each(['', ' ', '0', '-1', '3651', '1.5', 'ten', 'Infinity'])('“%s” is no number of days', (typed) => {
  expect(readDays(typed)).toEqual({ ok: false, sentence: 'Type a whole number of days from 1 to 3650.' });
});

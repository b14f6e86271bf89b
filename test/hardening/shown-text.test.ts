import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shownAddress, shownText } from '../../src/contract/shown-text.ts';

/** Text as somebody would write it who wants to do harm, mixed with what people write. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\u202e', '\u2066', '\u2069', '\u061c', '\u200d', '\u200b', '\u2028', '\r\n', '\0', '\u0301'),
      fc.constantFrom(
        '\ud83d',
        '\ude00',
        '👩🏽‍🚒',
        '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
        'שָׁלוֹם',
        '\u2800',
        '\u3164',
        'x'.repeat(2_000),
        '\u0301'.repeat(2_000),
      ),
    ),
    { size: 'medium' },
  )
  .map((parts) => parts.join(''));

/** What may not be left of it. */
const disguise = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]|[\p{M}\p{Cf}]{7}/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

describe('S31 whatever somebody wrote', () => {
  test('is short, on one line, in its own order and well-formed once it is shown', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 10, max: 1_200 }), (text, longest) => {
        const shown = shownText(text, longest);
        expect(shown.length).toBeLessThanOrEqual(longest);
        expect(shown).not.toMatch(disguise);
        expect(shown.isWellFormed()).toBe(true);
        expect(shownText(shown, longest)).toBe(shown);
      }),
      { numRuns: 500 },
    );
  });

  test('is shown as it is where there is nothing amiss', () => {
    const plain = fc.stringMatching(/^[\p{L}\p{N}\p{P}\p{S}]{0,300}$/u);
    fc.assert(fc.property(plain, (text) => shownText(text) === text));
  });

  test('has no invisible character in it where it is an address', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = shownAddress(text);
        expect(shown.length).toBeLessThanOrEqual(1_000);
        expect(shown.replaceAll('…', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u);
        expect(shownAddress(shown)).toBe(shown);
      }),
    );
  });

  test('is cut between characters as people count them, and says so', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '😀', '👩🏽‍🚒', '🇵🇹', 'é', 'e\u0301', 'क्ष', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'), {
          minLength: 200,
          maxLength: 400,
        }),
        (parts) => {
          const text = parts.join('');
          const shown = shownText(text, 100);
          expect(shown.endsWith('…')).toBe(true);
          const kept = [...graphemes.segment(shown.slice(0, -1))].map(({ segment }) => segment);
          const whole = [...graphemes.segment(text)].map(({ segment }) => segment);
          expect(kept).toEqual(whole.slice(0, kept.length));
          expect(kept.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

test.each([
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿 England, 🇵🇹 Portugal, 🏳️‍🌈',
  '👩🏽‍🚒 👨‍👩‍👧‍👦 1️⃣ ❤️‍🔥',
  'می‌خواهم', // Persian, with ZWNJ
  'שָׁלוֹם, וַיְדַבֵּר', // Hebrew, with points
  'العَرَبِيَّة',
  'क्‍ष, क्षेत्र', // Devanagari, with ZWJ
  'རྒྱུད',
  'Việt Nam, Zu\u0308rich, ç',
  'ที่นี่',
])('S31 %s is shown as it is written', (text) => {
  expect(shownText(text)).toBe(text);
});

test.each([
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['one\r\ntwo\u2028three\0four', 'one two three four'],
  ['half \ud83d a pair', 'half \ufffd a pair'],
  [`H\u0335${'\u0301'.repeat(50)}e`, `H\u0335${'\u0301'.repeat(5)}e`],
  [`H${'\u0301\u200d'.repeat(50)}e`, `H${'\u0301\u200d'.repeat(3)}e`],
])('S31 %j is shown as %j', (text, shown) => {
  expect(shownText(text)).toBe(shown);
});

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['ada\u200b@example.com', 'ada\ufffd@example.com'],
  ['ada\u200d\u2060\u00ad@example.com', 'ada\ufffd@example.com'],
  ['moc.elpmaxe@\u202eada', 'moc.elpmaxe@\ufffdada'],
  ['ada\u3164@example.com', 'ada\ufffd@example.com'],
])('S31 the address %j is shown as %j', (text, shown) => {
  expect(shownAddress(text)).toBe(shown);
});

test('S31 a text is looked at as far as it may be shown, and no further', () => {
  // A text that fills memory cannot be copied, or walked to its end, in passing; this one says where it was read.
  const far = `${'\u200e'.repeat(5_000)}title`;
  expect(shownText(far)).toBe('…');
  expect(shownText(`${'a'.repeat(3_999)}😀`)).toBe(`${'a'.repeat(999)}…`);
  expect(shownText(`${'\u200e'.repeat(3_998)}a😀b`)).toBe('a…');
});

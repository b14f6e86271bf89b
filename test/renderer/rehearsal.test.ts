import { expect, test } from 'vitest';
import { RehearsalFailure } from '../../src/contract/rehearsal.ts';
import { rehearsalsAt, rehearsalWords } from '../../src/renderer/lab/rehearsal-words.ts';

test('every failure is in one of the groups, in the contract’s order', () => {
  expect([...rehearsalsAt('here'), ...rehearsalsAt('google'), ...rehearsalsAt('everywhere')]).toEqual(
    RehearsalFailure.options,
  );
  expect(rehearsalsAt('here')).toHaveLength(6);
  expect(rehearsalsAt('everywhere')).toEqual(['repair-everything']);
});

test('no title is a part of another, so that each button is found by its own', () => {
  const titles = RehearsalFailure.options.map((failure) => rehearsalWords[failure].title.toLowerCase());
  for (const title of titles) expect(titles.filter((other) => other.includes(title))).toEqual([title]);
});

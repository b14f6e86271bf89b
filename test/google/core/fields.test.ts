import { expect, test } from 'vitest';
import { parseFields, select } from './fields.ts';

const value = { a: 1, b: { c: 2, d: { e: 3 } }, items: [{ id: 'x', start: { date: 'd', timeZone: 'z' } }] };

test.each([
  ['a', { a: 1 }],
  ['*', value],
  ['b/c', { b: { c: 2 } }],
  ['b/c,b/d', { b: { c: 2, d: { e: 3 } } }],
  ['b,b/c', { b: { c: 2, d: { e: 3 } } }],
  ['b(c,d/e),a', { a: 1, b: { c: 2, d: { e: 3 } } }],
  ['items(id,start(date))', { items: [{ id: 'x', start: { date: 'd' } }] }],
  ['items/start/timeZone', { items: [{ start: { timeZone: 'z' } }] }],
  ['none', {}],
])('%s', (fields, kept) => {
  expect(select(value, parseFields(fields)!)).toEqual(kept);
});

test.each(['', 'a,', 'a(', 'a(b', 'a)', '/a', 'a//b', 'a b$', '()'])('"%s" is no selection', (fields) => {
  expect(parseFields(fields)).toBeUndefined();
});

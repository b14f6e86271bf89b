import { expect, test } from 'vitest';
import { makeWire } from './inject/wire.ts';

const { encode, decode } = makeWire();
const carried = (value: unknown): unknown => decode(encode(value));

test('carries what structured clone carries', () => {
  const value = {
    nothing: undefined,
    none: null,
    numbers: [0, -0, Number.NaN, Number.POSITIVE_INFINITY, 10n],
    when: new Date(5),
    map: new Map<unknown, unknown>([[{ a: 1 }, new Set([1])]]),
    bytes: new Uint8Array([1, 2, 255]),
    floats: new Float64Array([0.5]),
    buffer: new Uint8Array([9]).buffer,
    pattern: /x/gi,
    ['__proto__']: 'own',
  };
  expect(carried(value)).toEqual(value);
});

test('keeps circles and shared values', () => {
  const shared = { name: 'shared' };
  const circle: Record<string, unknown> = { a: shared, b: shared };
  circle['self'] = circle;
  const copy = carried(circle) as typeof circle;
  expect(copy['self']).toBe(copy);
  expect(copy['a']).toBe(copy['b']);
});

test('drops prototypes, keeps errors', () => {
  class Point {
    x = 1;
  }
  expect(Object.getPrototypeOf(carried(new Point()))).toBe(Object.prototype);
  const error = carried(new TypeError('bad', { cause: 'why' })) as Error;
  expect([error.name, error.message, error.cause]).toEqual(['TypeError', 'bad', 'why']);
});

test.each([() => 1, Symbol('s'), { deep: [() => 1] }, Promise.resolve()])('refuses %s', (value) => {
  expect(() => encode(value)).toThrow('An object could not be cloned.');
});

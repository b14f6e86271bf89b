import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';

/** Values that a schema accepts. Knows the kinds that the contract uses, and throws at any other. */
export function valid(schema: z.core.$ZodType): Arbitrary<unknown> {
  return anyOf(schema).filter((value) => z.safeParse(schema, value).success);
}

function anyOf(schema: z.core.$ZodType): Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(def.shape).map(([key, each]) => [key, valid(each)])));
    case 'array':
      return fc.array(valid(def.element), { maxLength: 3 });
    case 'tuple':
      return fc.tuple(...def.items.map(valid));
    case 'record':
      return fc.dictionary(valid(def.keyType) as Arbitrary<string>, valid(def.valueType), { maxKeys: 3 });
    // Another schema judges it, once it is known whose it is.
    case 'unknown':
      return fc.jsonValue();
    case 'union':
      return fc.oneof(...def.options.map(valid));
    case 'nullable':
      return fc.option(valid(def.innerType));
    case 'optional':
      return fc.option(valid(def.innerType), { nil: undefined });
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'string': {
      const { pattern, minLength = 0, maxLength = 64 } = z.toJSONSchema(schema as z.ZodType);
      return pattern === undefined
        ? fc.string({ minLength, maxLength: Math.min(maxLength, 400), unit: 'binary' })
        : fc.stringMatching(new RegExp(pattern));
    }
    case 'number': {
      const { minimum, maximum, type } = z.toJSONSchema(schema as z.ZodType);
      if (type === 'integer') return fc.integer({ min: minimum ?? -1e9, max: maximum ?? 1e9 });
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'undefined':
      return fc.constant(undefined);
    default:
      throw new Error(`The contract has begun to use ${def.type}: say here what its values are.`);
  }
}

/** Names that mean something to JavaScript itself. */
const reserved = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON'];

/** An own property by this name, also where an assignment would reach the prototype. */
const owning = (key: string, value: unknown): object =>
  Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true });

/** Whatever structured clone carries from a page that wants to do harm. */
const anything: Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
  }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 2 ** 53, 1e308, '', '\0', 'null', '[object Object]'),
  fc.constantFrom('x'.repeat(1_000_000), '\ud800', 'constructor', '__proto__'),
  fc.constantFrom(/x/g, new Error('x'), new ArrayBuffer(8), new Uint8Array(8), new Date(Number.NaN)),
  fc.tuple(fc.constantFrom(...reserved), fc.anything()).map(([key, value]) => owning(key, value)),
  fc.constant(null).map(() => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    return loop;
  }),
  fc.nat({ max: 500 }).map((depth) => {
    let nest: unknown = 'bottom';
    for (let level = 0; level < depth; level += 1) nest = level % 2 === 0 ? [nest] : { a: nest };
    return nest;
  }),
);

/** What looks right but for one thing: a value replaced, a name more, a name less, or the whole within another. */
function spoilt(schema: z.core.$ZodType): Arbitrary<unknown> {
  return fc
    .tuple(valid(schema), anything, fc.nat(), fc.constantFrom('replace', 'add', 'drop', 'wrap', 'reserved'))
    .map(([good, bad, at, how]) => {
      if (typeof good !== 'object' || good === null) return bad;
      const keys = Object.keys(good);
      const key = keys[at % Math.max(keys.length, 1)] ?? 'more';
      switch (how) {
        case 'replace':
          return { ...good, [key]: bad };
        case 'add':
          return { ...good, more: bad };
        case 'drop':
          return Object.fromEntries(Object.entries(good).filter(([name]) => name !== key));
        case 'wrap':
          return [good];
        case 'reserved':
          return Object.defineProperties(
            { ...good },
            Object.getOwnPropertyDescriptors(owning(reserved[at % reserved.length] ?? 'then', bad)),
          );
        default:
          return how satisfies never;
      }
    });
}

/** What a schema accepts, with a name in it that it does not know. Whether that is refused is the schema's to say. */
export function withMore(schema: z.core.$ZodType): Arbitrary<unknown> {
  const name = fc.oneof(fc.constantFrom('more', ...reserved), fc.string());
  return fc
    .tuple(valid(schema), name, fc.anything())
    .filter(([good, key]) => typeof good === 'object' && good !== null && !Object.hasOwn(good, key))
    .map(([good, key, value]) =>
      Object.defineProperties({ ...(good as object) }, Object.getOwnPropertyDescriptors(owning(key, value))),
    );
}

/** Values that a schema does not accept. */
export function invalid(schema: z.core.$ZodType): Arbitrary<unknown> {
  return fc.oneof(anything, spoilt(schema)).filter((value) => !z.safeParse(schema, value).success);
}

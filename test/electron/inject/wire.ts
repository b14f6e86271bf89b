/**
 * Writes as text, and reads again, what structured clone carries. The DevTools protocol only carries text.
 *
 * The function is also injected into pages by its source, so it uses nothing from outside itself.
 */
export function makeWire() {
  const arrays: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const kindOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

  /** Refuses what structured clone refuses, in Electron's words, and drops prototypes as it does. */
  function clone<T>(value: T): T {
    try {
      return structuredClone(value);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  function encode(value: unknown): string {
    const nodes: unknown[] = [];
    const seen = new Map<object, number>();
    const put = (item: unknown): unknown => {
      if (item === undefined) return ['undefined'];
      if (typeof item === 'bigint') return ['bigint', String(item)];
      if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0))) {
        return ['number', Object.is(item, -0) ? '-0' : String(item)];
      }
      if (typeof item !== 'object' || item === null) return item;
      let at = seen.get(item);
      if (at === undefined) {
        at = nodes.push(null) - 1;
        seen.set(item, at);
        nodes[at] = describe(item);
      }
      return ['node', at];
    };
    const describe = (item: object): unknown[] => {
      if (Array.isArray(item)) return ['array', Array.from(item, put)];
      if (item instanceof Date) return ['date', put(item.getTime())];
      if (item instanceof RegExp) return ['regexp', item.source, item.flags];
      if (item instanceof Map) return ['map', Array.from(item, ([key, entry]) => [put(key), put(entry)])];
      if (item instanceof Set) return ['set', Array.from(item, put)];
      if (item instanceof Error) return ['error', item.name, item.message, item.stack ?? '', put(item.cause)];
      if (item instanceof ArrayBuffer) return ['bytes', 'ArrayBuffer', Array.from(new Uint8Array(item))];
      if (ArrayBuffer.isView(item)) {
        const bytes = new Uint8Array(item.buffer, item.byteOffset, item.byteLength);
        return ['bytes', kindOf(item), Array.from(bytes)];
      }
      const kind = kindOf(item);
      if (kind === 'Boolean' || kind === 'Number' || kind === 'String') return ['boxed', put(item.valueOf())];
      if (kind !== 'Object') throw new Error(`the stand-in does not carry ${kind} between processes`);
      return ['object', Object.entries(item).map(([key, entry]) => [key, put(entry)])];
    };
    const root = put(clone(value));
    return JSON.stringify({ root, nodes });
  }

  function decode(text: string): unknown {
    const { root, nodes } = JSON.parse(text) as { root: unknown; nodes: [string, ...unknown[]][] };
    const made = new Map<number, unknown>();
    const take = (item: unknown): unknown => {
      if (!Array.isArray(item)) return item;
      const [tag, data] = item as [string, unknown];
      if (tag === 'undefined') return undefined;
      if (tag === 'bigint') return BigInt(data as string);
      if (tag === 'number') return Number(data);
      const at = data as number;
      if (!made.has(at)) build(at, nodes[at] as [string, ...unknown[]]);
      return made.get(at);
    };
    // A container is noted before its contents are read, so that a circle finds it.
    const build = (at: number, [tag, first, second, third, fourth]: [string, ...unknown[]]): void => {
      const note = <T>(value: T): T => {
        made.set(at, value);
        return value;
      };
      if (tag === 'array') {
        const array: unknown[] = note([]);
        for (const entry of first as unknown[]) array.push(take(entry));
      } else if (tag === 'object') {
        const object = note<Record<string, unknown>>({});
        for (const [key, entry] of first as [string, unknown][]) {
          Object.defineProperty(object, key, {
            value: take(entry),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
      } else if (tag === 'map') {
        const map = note(new Map<unknown, unknown>());
        for (const [key, entry] of first as [unknown, unknown][]) map.set(take(key), take(entry));
      } else if (tag === 'set') {
        const set = note(new Set<unknown>());
        for (const entry of first as unknown[]) set.add(take(entry));
      } else if (tag === 'date') note(new Date(take(first) as number));
      else if (tag === 'regexp') note(new RegExp(first as string, second as string));
      else if (tag === 'boxed') note(Object(take(first)));
      else if (tag === 'error') {
        const error = note(new Error(second as string));
        if (first !== 'Error') Object.defineProperty(error, 'name', { value: first, configurable: true });
        Object.defineProperty(error, 'stack', { value: third, configurable: true, writable: true });
        const cause = take(fourth);
        if (cause !== undefined) Object.defineProperty(error, 'cause', { value: cause, configurable: true });
      } else if (tag === 'bytes') {
        const { buffer } = Uint8Array.from(second as number[]);
        const View = arrays[first as string];
        note(View ? new View(buffer) : buffer);
      }
    };
    return take(root);
  }

  return { clone, encode, decode };
}

export type Wire = ReturnType<typeof makeWire>;

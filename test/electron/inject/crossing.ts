/**
 * Carries values between the page's own world and the preload's isolated world, as contextBridge does: functions and
 * promises are proxied, other values are copied. One half runs in each world; they share the DOM and nothing else, so
 * they speak by synchronous DOM events under a name that only the two of them know.
 *
 * https://www.electronjs.org/docs/latest/api/context-bridge#parameter--error--return-type-support
 *
 * Injected by its source: uses nothing from outside itself, and keeps what it needs before page code can replace it.
 */
export function makeCrossing(secret: string, side: 'page' | 'preload', emptied: (value: object) => boolean) {
  type Parcel = { root: unknown; nodes: unknown[][] };
  type Message =
    | { op: 'expose'; key: string; parcel: Parcel }
    | { op: 'run'; source: string; parcel: Parcel }
    | { op: 'call'; id: number; parcel: Parcel }
    | { op: 'settle'; id: number; ok: boolean; parcel: Parcel }
    | { op: 'answer'; ok: boolean; parcel: Parcel };

  const target = document;
  const dispatch = EventTarget.prototype.dispatchEvent.bind(target);
  const Carrier = CustomEvent;
  const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get as () => Message;
  const clone = structuredClone;
  const Compile = Function;
  const { apply } = Reflect;
  const [mine, theirs] = side === 'page' ? ['p', 'w'] : ['w', 'p'];

  const functions: ((...args: unknown[]) => unknown)[] = [];
  const proxies = new WeakMap<object, number>();
  const pending = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>();
  let promises = 0;
  let answer: Extract<Message, { op: 'answer' }> | undefined;

  const tell = (message: Message): void => {
    dispatch(new Carrier(secret + theirs, { detail: message }));
  };

  function pack(value: unknown): Parcel {
    const nodes: unknown[][] = [];
    const seen = new Map<object, number>();
    const put = (item: unknown, depth: number): unknown => {
      if (depth > 1000) {
        throw new Error(
          'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
        );
      }
      if (typeof item === 'symbol') throw new Error('An object could not be cloned.');
      if ((typeof item !== 'object' && typeof item !== 'function') || item === null) return { value: item };
      let at = seen.get(item);
      if (at === undefined) {
        at = nodes.push([]) - 1;
        seen.set(item, at);
        nodes[at] = describe(item, depth);
      }
      return { at };
    };
    const describe = (item: object, depth: number): unknown[] => {
      if (typeof item === 'function') return ['function', keep(item as (...args: unknown[]) => unknown)];
      if (item instanceof Promise) return ['promise', watch(item)];
      // Custom properties of an error are lost.
      if (item instanceof Error) return ['error', item.name, item.message];
      if (emptied(item)) return ['object', []];
      if (Array.isArray(item)) return ['array', Array.from(item, (entry) => put(entry, depth + 1))];
      if (item instanceof Node) throw new Error('the stand-in does not carry DOM nodes over contextBridge');
      const kind = Object.prototype.toString.call(item).slice(8, -1);
      if (kind === 'Object') {
        // Prototypes are dropped: an instance of a class arrives as a plain object of its own values. Symbol keys too.
        return ['object', Object.keys(item).map((key) => [key, put(Reflect.get(item, key), depth + 1)])];
      }
      try {
        return ['clone', clone(item)];
      } catch {
        throw new Error('An object could not be cloned.');
      }
    };
    return { root: put(value, 0), nodes };
  }

  function unpack({ root, nodes }: Parcel): unknown {
    const made = new Map<number, unknown>();
    const take = (item: unknown): unknown => {
      const { at, value } = item as { at?: number; value?: unknown };
      if (at === undefined) return value;
      if (!made.has(at)) build(at, nodes[at] as unknown[]);
      return made.get(at);
    };
    const build = (at: number, [tag, data, text]: unknown[]): void => {
      if (tag === 'function') made.set(at, proxy(data as number));
      else if (tag === 'promise') made.set(at, promise(data as number));
      else if (tag === 'clone') made.set(at, data);
      else if (tag === 'error') {
        const error = new Error(text as string);
        if (data !== 'Error') Object.defineProperty(error, 'name', { value: data, configurable: true });
        made.set(at, error);
      } else if (tag === 'array') {
        const array: unknown[] = [];
        made.set(at, array);
        for (const entry of data as unknown[]) array.push(take(entry));
      } else {
        const object = {};
        made.set(at, object);
        for (const [key, entry] of data as [string, unknown][]) {
          const value = take(entry);
          Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
        }
      }
    };
    return take(root);
  }

  function keep(fn: (...args: unknown[]) => unknown): number {
    let id = proxies.get(fn);
    if (id === undefined) {
      id = functions.push(fn) - 1;
      proxies.set(fn, id);
    }
    return id;
  }

  function watch(promised: Promise<unknown>): number {
    promises += 1;
    const id = promises;
    const settle = (ok: boolean, value: unknown): void => {
      try {
        tell({ op: 'settle', id, ok, parcel: pack(value) });
      } catch (error) {
        tell({ op: 'settle', id, ok: false, parcel: pack(error) });
      }
    };
    promised.then(
      (value) => settle(true, value),
      (reason) => settle(false, reason),
    );
    return id;
  }

  function promise(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
  }

  function proxy(id: number): (...args: unknown[]) => unknown {
    return (...args) => {
      tell({ op: 'call', id, parcel: pack(args) });
      const got = answer;
      answer = undefined;
      if (!got) throw new Error('the other side of the bridge is gone');
      const value = unpack(got.parcel);
      if (!got.ok) throw value;
      return value;
    };
  }

  function freeze(value: unknown): void {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || Object.isFrozen(value)) return;
    if (ArrayBuffer.isView(value)) return;
    Object.freeze(value);
    for (const key of Object.keys(value)) freeze(Reflect.get(value, key));
  }

  /** Runs what the other side asked for, and answers before its event has been dispatched. */
  function reply(work: () => unknown): void {
    try {
      tell({ op: 'answer', ok: true, parcel: pack(work()) });
    } catch (error) {
      tell({ op: 'answer', ok: false, parcel: pack(error instanceof Error ? error : new Error(String(error))) });
    }
  }

  target.addEventListener(secret + mine, (event) => {
    const message = apply(detailOf, event, []);
    if (message.op === 'answer') answer = message;
    else if (message.op === 'call') {
      reply(() => apply(functions[message.id] as () => unknown, undefined, unpack(message.parcel) as unknown[]));
    } else if (message.op === 'settle') {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if (message.ok) waiting?.resolve(unpack(message.parcel));
      else waiting?.reject(unpack(message.parcel));
    } else if (side === 'page' && message.op === 'run') {
      // Electron can compile it at any time; Chromium lets it be compiled here while the document starts, and not later.
      reply(() => {
        const fn = new Compile(`return (${message.source})`)() as () => unknown;
        return apply(fn, undefined, unpack(message.parcel) as unknown[]);
      });
    } else if (side === 'page' && message.op === 'expose') {
      reply(() => {
        if (Object.hasOwn(window, message.key)) {
          throw new Error('Cannot bind an API on top of an existing property on the window object');
        }
        const value = unpack(message.parcel);
        freeze(value);
        Object.defineProperty(window, message.key, { value, enumerable: true, writable: false, configurable: false });
      });
    }
  });

  function ask(message: Message): unknown {
    tell(message);
    const got = answer;
    answer = undefined;
    if (!got) throw new Error("the page's side of the bridge is not there");
    if (!got.ok) throw unpack(got.parcel);
    return unpack(got.parcel);
  }

  return {
    expose(key: string, api: unknown): void {
      ask({ op: 'expose', key, parcel: pack(api) });
    },
    run(source: string, args: unknown[]): unknown {
      return ask({ op: 'run', source, parcel: pack(args) });
    },
  };
}

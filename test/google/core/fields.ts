import { badParameter } from './errors.ts';

/** What to keep of an object: a nested selector, or everything below. */
export interface Selector {
  [name: string]: Selector | 'all';
}

/**
 * Parses `fields=`: `a,b`, `a/b`, `a(b,c)` and `*`.
 * @see https://developers.google.com/workspace/calendar/api/guides/performance#partial
 */
export function parseFields(text: string): Selector | undefined {
  const tokens = text.match(/[A-Za-z0-9_\-*]+|[(),/]/g) ?? [];
  if (tokens.join('') !== text.replaceAll(' ', '')) return undefined;
  let at = 0;

  function list(): Selector | undefined {
    const selector: Selector = {};
    for (;;) {
      if (!item(selector)) return undefined;
      if (tokens[at] !== ',') return selector;
      at += 1;
    }
  }

  function item(into: Selector): boolean {
    const name = tokens[at];
    if (name === undefined || /[(),/]/.test(name)) return false;
    at += 1;
    if (tokens[at] === '/') {
      at += 1;
      const below: Selector = {};
      if (!item(below)) return false;
      merge(into, name, below);
    } else if (tokens[at] === '(') {
      at += 1;
      const below = list();
      if (!below || tokens[at] !== ')') return false;
      at += 1;
      merge(into, name, below);
    } else {
      into[name] = 'all';
    }
    return true;
  }

  const selector = list();
  return at === tokens.length ? selector : undefined;
}

/** The selector of `fields`, if any. */
export function fieldsOf(query: URLSearchParams): Selector | undefined | Response {
  const text = query.get('fields');
  if (text === null) return undefined;
  return parseFields(text) ?? badParameter('fields', `Invalid field selection ${text}`, 'invalidParameter');
}

/** The part of a value that the selector keeps; a list is filtered item by item. */
export function select(value: unknown, selector: Selector | 'all'): unknown {
  if (selector === 'all' || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => select(item, selector));
  const kept: Record<string, unknown> = {};
  for (const [name, below] of Object.entries(value)) {
    const wanted = selector[name] ?? selector['*'];
    if (wanted) kept[name] = select(below, wanted);
  }
  return kept;
}

function merge(into: Selector, name: string, below: Selector): void {
  const present = into[name];
  if (present === 'all') return;
  into[name] = { ...present, ...below };
}

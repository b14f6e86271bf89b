import { EventEmitter } from 'node:events';

/** Names that runtimes and test tools look for on any object; nobody means Electron's API by them. */
const quiet = new Set(['then', 'toJSON', 'inspect', 'domain', 'asymmetricMatch', '$$typeof', 'nodeType', 'tagName']);

/**
 * An EventEmitter to extend, on which reading a name that nothing defines throws instead of answering `undefined`:
 * an app that uses more of Electron than the stand-in has should hear so, and hear which name.
 */
export function strictEmitter(name: string): new () => EventEmitter {
  class StrictEmitter extends EventEmitter {}
  const trap = new Proxy(EventEmitter.prototype, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || quiet.has(key)) return Reflect.get(target, key, receiver);
      throw new Error(`the stand-in does not implement ${name}.${key}`);
    },
  });
  Object.setPrototypeOf(StrictEmitter.prototype, trap);
  return StrictEmitter;
}

/** A whole module that is not there: any use of it throws and names what was asked for. */
export function unsupported(name: string): never {
  const refuse = (key: string | symbol): never => {
    throw new Error(`the stand-in does not implement ${name}.${String(key)}`);
  };
  const module = new Proxy(class {}, {
    // Module loaders and inspectors look for symbols and for `then`; an app asks for names.
    get: (_target, key) => (typeof key === 'symbol' || quiet.has(key) || key === 'prototype' ? undefined : refuse(key)),
    set: (_target, key) => refuse(key),
    construct: () => refuse('constructor'),
    apply: () => refuse('call'),
  });
  return module as never;
}

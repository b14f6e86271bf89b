/** The event object of Electron's preventable events. */
export type Preventable<P extends object = object> = P & { preventDefault(): void; readonly defaultPrevented: boolean };

export function preventable<P extends object>(params: P): Preventable<P> {
  let prevented = false;
  const methods = {
    preventDefault: () => {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
  return Object.defineProperties(methods, Object.getOwnPropertyDescriptors(params)) as Preventable<P>;
}

/** Emits after the code that caused the event, as a window system's events arrive. */
export function later(work: () => void): void {
  setImmediate(work);
}

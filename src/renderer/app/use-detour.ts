import { useRef, useState } from 'react';

/** A place to visit and to come back from: whoever goes there finds the focus where it was before. */
export function useDetour<T>() {
  const [visit, setVisit] = useState<{ readonly place: T; readonly nth: number } | null>(null);
  const from = useRef<Element | null>(null);
  return {
    place: visit?.place ?? null,
    /** Tells one visit from the next, also to the same place. */
    nth: visit?.nth ?? 0,
    go(place: T) {
      // What has the focus within the page goes away with it.
      if (!document.activeElement?.closest('main')) from.current = document.activeElement;
      setVisit((last) => ({ place, nth: (last?.nth ?? 0) + 1 }));
    },
    back() {
      setVisit(null);
      if (from.current instanceof HTMLElement) from.current.focus();
    },
    /** Ends the visit for something else, which takes the focus itself. */
    leave() {
      setVisit(null);
    },
  };
}

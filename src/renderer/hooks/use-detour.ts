import { useRef, useState } from 'react';

/** A place to visit and to come back from: whoever goes there finds the focus where it was before. */
export function useDetour<T>() {
  const [place, setPlace] = useState<T | null>(null);
  const from = useRef<Element | null>(null);
  return {
    place,
    go(next: T) {
      from.current = document.activeElement;
      setPlace(next);
    },
    back() {
      setPlace(null);
      if (from.current instanceof HTMLElement) from.current.focus();
    },
  };
}

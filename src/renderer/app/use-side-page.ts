import { useRef, useState } from 'react';

/** A page that is opened in place of the main one. Whoever closes it finds the focus where it was before. */
export function useSidePage<T>() {
  const [opened, setOpened] = useState<{ readonly page: T; readonly nth: number } | null>(null);
  const from = useRef<Element | null>(null);
  return {
    page: opened?.page ?? null,
    /** Tells one opening from the next, also of the same page. */
    nth: opened?.nth ?? 0,
    open(page: T) {
      // What has the focus within the page goes away with it.
      if (!document.activeElement?.closest('main')) from.current = document.activeElement;
      setOpened((last) => ({ page, nth: (last?.nth ?? 0) + 1 }));
    },
    close() {
      setOpened(null);
      if (from.current instanceof HTMLElement) from.current.focus();
    },
    /** Closes the page for something else, which takes the focus itself. */
    leave() {
      setOpened(null);
    },
  };
}

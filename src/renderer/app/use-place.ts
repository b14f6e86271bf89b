import { useEffect, useState } from 'react';
import { Place } from '../../contract/window.ts';

/**
 * The place main asks for, until somebody says that it was reached or that there is no way to it. It is kept meanwhile:
 * main may ask before the window has anything to show. What is not a place is ignored.
 */
export function usePlace() {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(
    () =>
      window.mooring.onShow((raw) => {
        const read = Place.safeParse(raw);
        if (read.success) setPlace(read.data);
      }),
    [],
  );
  return { place, forget: () => setPlace(null) };
}

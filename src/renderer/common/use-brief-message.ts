import { useEffect, useState } from 'react';

/** A word that is said and then taken back, such as "Copied". Saying it again is a new saying. */
export function useBriefMessage(duration: number) {
  const [said, say] = useState<{ readonly words: string } | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => say(null), duration);
    return () => clearTimeout(timer);
  }, [said, duration]);
  return { words: said?.words ?? '', say: (words: string) => say({ words }) };
}

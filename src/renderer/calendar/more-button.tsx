import { useEffect, useEffectEvent, useRef } from 'react';

/** Reads on when it comes into view, and when it is pressed. `amount` is what has been read so far. */
export function MoreButton({ amount, pending, onMore }: { amount: number; pending: boolean; onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const reached = useEffectEvent(() => {
    if (!pending) onMore();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each answer it is looked anew whether it is in view.
  useEffect(() => {
    if (!button.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) reached();
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [amount]);
  return (
    <button ref={button} type="button" className="more" aria-disabled={pending} onClick={() => pending || onMore()}>
      Show more
    </button>
  );
}

import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';

interface Props {
  /** What has been read so far. */
  readonly amount: number;
  readonly pending: boolean;
  readonly onMore: () => void;
  /** It had the focus and has gone. */
  readonly onFocusLost: () => void;
}

/** Reads on when it comes into view, and when it is pressed. */
export function MoreButton({ amount, pending, onMore, onFocusLost }: Props) {
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
  const lost = useEffectEvent(onFocusLost);
  useLayoutEffect(() => {
    const { current } = button;
    return () => {
      // The button is still in the page here; what takes its place is there once React has finished.
      if (current !== null && document.activeElement === current) queueMicrotask(lost);
    };
  }, []);
  return (
    <button ref={button} type="button" className="more" aria-disabled={pending} onClick={() => pending || onMore()}>
      Show more
    </button>
  );
}

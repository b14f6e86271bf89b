import { useEffect, useState } from 'react';

/** True once `value` has been true for `delay` without a break: what is over in a blink should not be shown. */
export function useLasting(value: boolean, delay: number): boolean {
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    if (!value) return;
    const timer = setTimeout(() => setLasted(true), delay);
    return () => {
      clearTimeout(timer);
      setLasted(false);
    };
  }, [value, delay]);
  return value && lasted;
}

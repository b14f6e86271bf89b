import { useEffect, useRef } from 'react';

/**
 * A heading that takes the focus as it appears: the button that led here has just gone, and with it the place of
 * whoever uses a keyboard or a screen reader.
 */
export function Title({ level: Heading, children }: { level: 'h1' | 'h2' | 'h3'; children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Heading ref={heading} tabIndex={-1}>
      {children}
    </Heading>
  );
}

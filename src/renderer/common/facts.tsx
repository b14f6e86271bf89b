import type { ReactNode } from 'react';
import './facts.css';

/** What is known of a thing. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="known">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

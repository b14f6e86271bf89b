import { type ReactNode, useId } from 'react';

/** One part of the lab, named by its heading. */
export function LabSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="lab-section" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

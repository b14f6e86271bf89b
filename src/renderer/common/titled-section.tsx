import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: string;
  /** What came of the last change in it, said beside the title, where nothing moves by it. */
  readonly said?: string;
  readonly children: ReactNode;
}

/** One part of a page, named by its heading. */
export function TitledSection({ title, said, children }: Props) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <h3 id={id}>{title}</h3>
        {said !== undefined && (
          <span className="said" role="status">
            {said}
          </span>
        )}
      </div>
      {children}
    </section>
  );
}

import type { ReactNode } from 'react';
import type { Connection } from '../../contract/connection.ts';
import { labelOf } from '../common/region-label.ts';
import { connectionWords } from './connection-words.ts';

interface Props {
  readonly connection: Connection;
  /** Whose connection it is, where there is more than one: it is then a part of that account's card. */
  readonly of: string | null;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** How a connection stands, and why. */
export function ConnectionCard({ connection, of, children }: Props) {
  const { kind, reason, sentence } = connection;
  const { title, tone } = connectionWords(kind);
  const Heading = of === null ? 'h2' : 'h3';
  return (
    <section
      className={of === null ? 'card' : 'card-part'}
      aria-label={labelOf('Connection', of)}
      data-connection={kind}
      data-reason={reason}
      data-tone={tone}
    >
      <div aria-live="polite">
        <Heading className="connection-title" tabIndex={-1}>
          <span className="dot" aria-hidden="true" />
          {title}
        </Heading>
        <p>{sentence}</p>
      </div>
      {children}
    </section>
  );
}

import type { ReactNode } from 'react';
import type { Connection } from '../../contract/connection.ts';
import { connectionWords } from '../words/connection-words.ts';

/** The truth about the connection; `children` is what can be done about it. */
export function ConnectionCard({ connection, children }: { connection: Connection; children?: ReactNode }) {
  const { kind, reason, sentence } = connection;
  const { title, tone } = connectionWords(kind);
  return (
    <section className="card" aria-label="Connection" data-connection={kind} data-reason={reason} data-tone={tone}>
      <div aria-live="polite">
        <h2 className="connection-title">
          <span className="dot" aria-hidden="true" />
          {title}
        </h2>
        <p>{sentence}</p>
      </div>
      {children}
    </section>
  );
}

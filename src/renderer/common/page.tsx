import type { ReactNode } from 'react';
import mark from './mooring.svg';
import { Title } from './title.tsx';

/** A screen with one thing to say, in the middle of the window. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="page">
      <div className="page-body">
        <img className="page-mark" src={mark} alt="" />
        <Title key={title} level="h1">
          {title}
        </Title>
        {children}
      </div>
    </main>
  );
}

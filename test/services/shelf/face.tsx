import type { z } from 'zod';
import { count } from '../../../src/renderer/common/count.ts';
import type { Face, ScreenProps } from '../../../src/renderer/common/faces.ts';
import { Notice } from '../../../src/renderer/common/notice.tsx';
import { type Query, useQuery } from '../../../src/renderer/common/use-query.ts';
import { ShelfAnswer, shelfContract } from './contract.ts';

/** How the window shows a service of shelves: by the titles of what is on them. */
export function shelfFace(id: string, name: string): Face {
  const titles: Query<{ accounts: string[] }, z.infer<typeof ShelfAnswer>> = {
    ask: ({ accounts }) => window.mooring.ask({ service: id, name: 'titles', accounts, params: { most: 100 } }),
    result: ShelfAnswer,
    unreadable: { code: 'shelves-unreadable', sentence: 'The shelves could not be read.' },
  };

  function Screen({ accounts, daemon }: ScreenProps) {
    const ids = accounts.map(({ account }) => account.id);
    const version = accounts.map(({ services }) => services[id]?.sync.revision).join();
    const { shown, current, problem } = useQuery(titles, { accounts: ids }, `${version}/${daemon}`);
    return (
      <section aria-label={`Shelves of ${name}`} aria-busy={!current && !problem}>
        <h2>{name}</h2>
        <Notice problem={problem} />
        {shown && shown.result.titles.length === 0 && <p>Nothing on the shelves</p>}
        <ul>
          {shown?.result.titles.map((title) => (
            <li key={title}>
              <button type="button">{title}</button>
            </li>
          ))}
        </ul>
      </section>
    );
  }

  return {
    contract: shelfContract(name),
    Screen,
    words: {
      counts: (locale, { things = 0 }) => count(locale, things, 'thing'),
      items: (locale, amount) => count(locale, amount, 'thing'),
      list: 'Shelf',
    },
    hit: () => null,
  };
}

import { type Hit, mostFindings, SearchAnswer } from '../../contract/search.ts';
import type { Query } from '../common/use-query.ts';

/** There is one search at a time in the window, so the next one takes the place of the one before. */
export const searchId = 'window';

export interface SearchWish {
  readonly text: string;
  readonly accounts: readonly string[];
  /** The only service that is searched; null for all of them. */
  readonly service: string | null;
  /** How many hits of each service. */
  readonly amount: number;
}

export const nothingFound: SearchAnswer = {
  groups: [],
  forgiven: null,
  unfinished: [],
  missing: [],
  indexing: false,
  cancelled: false,
};

/** Reads the hits, answer by answer where there are more than one has. */
export const searchQuery: Query<SearchWish, SearchAnswer> = {
  async ask({ text, accounts, service, amount }) {
    if (text.trim() === '') return { ok: true, value: nothingFound };
    const hits: Hit[] = [];
    let after: string | null = null;
    for (;;) {
      const reply = await window.mooring.search({
        id: searchId,
        text,
        services: service === null ? null : [service],
        accounts: [...accounts],
        from: null,
        to: null,
        limit: Math.min(mostFindings, amount - hits.length),
        after,
      });
      const read = reply.ok ? SearchAnswer.safeParse(reply.value) : null;
      if (!read?.success || service === null) return reply;
      const [group] = read.data.groups;
      hits.push(...(group?.hits ?? []));
      after = group?.next ?? null;
      if (!group || after === null || hits.length >= amount) {
        return { ok: true, value: { ...read.data, groups: hits.length > 0 ? [{ service, hits, next: after }] : [] } };
      }
    }
  },
  // What was put together of several answers may hold more than one.
  result: SearchAnswer.extend({
    groups: SearchAnswer.shape.groups.element
      .extend({ hits: SearchAnswer.shape.groups.element.shape.hits.element.array() })
      .array(),
  }),
  unreadable: {
    code: 'search-unreadable',
    sentence: 'What was found could not be read. Your copy is untouched. Quit Mooring and open it again.',
  },
};

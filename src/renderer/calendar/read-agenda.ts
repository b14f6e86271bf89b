import { z } from 'zod';
import { Agenda, AgendaItem, type AgendaRequest, mostItems } from '../../contract/calendar.ts';
import { readUpTo } from '../common/read-up-to.ts';
import type { Query } from '../common/use-query.ts';

export interface AgendaWish {
  readonly accounts: readonly string[];
  readonly range: Omit<AgendaRequest, 'after' | 'limit'>;
  /** How many items are wanted; each answer has only so many, so more are read answer by answer. */
  readonly amount: number;
}

/** The beginning of a stretch of the agenda. `next` is null when it is the whole stretch. */
export const ReadAgenda = Agenda.extend({ items: z.array(AgendaItem) });
export type ReadAgenda = z.infer<typeof ReadAgenda>;

/** Reads the agenda from the beginning of the range until there are as many items as wanted, or no more. */
export const agendaQuery: Query<AgendaWish, ReadAgenda> = {
  ask: ({ accounts, range, amount }) =>
    readUpTo({ amount, most: mostItems, answer: Agenda }, (after, limit) => {
      const params: AgendaRequest = { ...range, after, limit };
      return window.mooring.ask({ service: 'calendar', name: 'agenda', accounts: [...accounts], params });
    }),
  result: ReadAgenda,
  unreadable: {
    code: 'agenda-unreadable',
    sentence: 'The agenda could not be read. Your copy is untouched. Quit Mooring and open it again.',
  },
};

import { z } from 'zod';
import {
  ContactGroup,
  mostGroups,
  mostPeople,
  People,
  type PeopleRequest,
  PersonDetails,
  PersonItem,
  type PersonRequest,
} from '../../contract/contacts.ts';
import { readUpTo } from '../common/read-up-to.ts';
import type { Query } from '../common/use-query.ts';

const unreadable = {
  code: 'contacts-unreadable',
  sentence: 'The contacts could not be read. Your copy is untouched. Quit Mooring and open it again.',
};

export const groupsQuery: Query<{ readonly accounts: readonly string[] }, ContactGroup[]> = {
  ask: ({ accounts }) =>
    window.mooring.ask({ service: 'contacts', name: 'groups', accounts: [...accounts], params: { limit: mostGroups } }),
  result: z.array(ContactGroup),
  unreadable,
};

/** `amount` is how many people are wanted; each answer has only so many. */
export type PeopleWish = Pick<PeopleRequest, 'circle'> & {
  readonly accounts: readonly string[];
  readonly amount: number;
};

/** The beginning of a circle. */
export const peopleQuery: Query<PeopleWish, People> = {
  ask: ({ accounts, circle, amount }) =>
    readUpTo({ amount, most: mostPeople, answer: People }, (after, limit) =>
      window.mooring.ask({
        service: 'contacts',
        name: 'people',
        accounts: [...accounts],
        params: { circle, after, limit },
      }),
    ),
  result: People.extend({ items: z.array(PersonItem) }),
  unreadable,
};

/** What is known of one person; null where they have gone, or nobody is chosen. */
export const personQuery: Query<PersonRequest | null, PersonDetails | null> = {
  ask: async (params) =>
    params === null
      ? { ok: true, value: null }
      : window.mooring.ask({ service: 'contacts', name: 'person', accounts: [params.accountId], params }),
  result: PersonDetails.nullable(),
  unreadable,
};

import { z } from 'zod';
import type { People, PeopleRequest, PersonDetails, PersonRequest } from '../../contract/contacts.ts';
import { GooglePerson } from './api.ts';
import { factsOf } from './facts.ts';
import type { GroupRows } from './groups.ts';
import { type PersonRows, type Place, start } from './people.ts';

const After = z.tuple([z.string(), z.number().int()]);

/** @throws {RangeError} for a place that no answer named. */
export function readPeople(
  people: PersonRows,
  accountIds: readonly string[],
  { circle, after, limit }: PeopleRequest,
): People {
  const found = people.read(accountIds, circle, after === null ? start : readPlace(after), limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ account_id: accountId, id, name, detail, photo }) => {
      return { accountId, id, name, detail, photo: photo === 1 };
    }),
    total: people.count(accountIds, circle),
    next: found.length > limit && last ? JSON.stringify([last.place, last.row] satisfies Place) : null,
  };
}

function readPlace(text: string): Place {
  try {
    return After.parse(JSON.parse(text));
  } catch (cause) {
    throw new RangeError('There is no such place among the contacts.', { cause });
  }
}

const mostFacts = 500;

/** All that is known of a person; null where there is none. */
export function readPerson(
  { people, groups }: { people: PersonRows; groups: GroupRows },
  { accountId, id }: PersonRequest,
): PersonDetails | null {
  const found = people.find(accountId, id);
  if (found === null) return null;
  const facts = factsOf(GooglePerson.parse(JSON.parse(found.body)), groups.names(accountId));
  return { name: found.name, other: found.other === 1, photo: found.photo === 1, facts: facts.slice(0, mostFacts) };
}

import type { Database } from 'better-sqlite3';
import {
  contacts as contract,
  type GroupsRequest,
  type PeopleRequest,
  type PersonRequest,
} from '../../contract/contacts.ts';
import type { CursorRows } from '../sync/cursor-rows.ts';
import type { Mirror, Service } from '../sync/service.ts';
import { readPeople, readPerson } from './answers.ts';
import { contactCollections, listCount } from './collections.ts';
import { exportedContacts } from './export.ts';
import { groupRows } from './groups.ts';
import { personRows } from './people.ts';
import { photoRows } from './photos.ts';
import { searchablePeople } from './search.ts';
import { migrations } from './tables.ts';

const minute = 60_000;

/** The mirror of a person's contacts. */
export const contactsService: Service = {
  contract,
  migrations,
  counts: {
    contacts: { table: 'people', where: (row) => `${row}.other = 0` },
    others: { table: 'people', where: (row) => `${row}.other = 1` },
    groups: { table: 'contact_groups', where: (row) => `${row}.own = 1` },
  },
  searchable: [searchablePeople],
  // A change shows in the lists only some minutes after it: https://developers.google.com/people/api/rest/v1/people.connections/list
  pace: { watched: 5 * minute, background: 15 * minute, battery: 60 * minute },
  open,
};

function open(db: Database, _cursors: CursorRows): Mirror {
  const groups = groupRows(db);
  const people = personRows(db);
  const photos = photoRows(db);
  return {
    lists: (of) => contactCollections({ ...of, groups, people, photos }),
    listCount: () => listCount,
    answers: {
      groups: (accountIds, { limit }: GroupsRequest) =>
        accountIds
          .flatMap((accountId) => groups.list(accountId).map((group) => ({ accountId, ...group })))
          .slice(0, limit),
      people: (accountIds, request: PeopleRequest) => readPeople(people, accountIds, request),
      person: (accountIds, request: PersonRequest) =>
        accountIds.includes(request.accountId) ? readPerson({ people, groups }, request) : null,
      photo: (accountIds, { accountId, id }: PersonRequest) =>
        accountIds.includes(accountId) ? photos.find(accountId, id) : null,
    },
    exported: (accountId) => exportedContacts({ groups, people, photos }, accountId),
    erase(accountId) {
      people.removeAll(accountId);
      groups.removeAll(accountId);
    },
  };
}

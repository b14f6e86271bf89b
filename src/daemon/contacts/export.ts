import { jsonLine } from '../export/json-line.ts';
import { StorageError } from '../store/problem.ts';
import type { ExportedFile } from '../sync/service.ts';
import { GooglePerson } from './api.ts';
import type { GroupRows } from './groups.ts';
import type { PersonRows } from './people.ts';
import type { PhotoRows } from './photos.ts';
import { groupsOf } from './rows.ts';
import { personVcard } from './vcard.ts';

interface Rows {
  readonly groups: GroupRows;
  readonly people: PersonRows;
  readonly photos: PhotoRows;
}

/** A file of vCards for the contacts, one for those that Google noted, and all of them as Google sent them. */
export function* exportedContacts({ groups, people, photos }: Rows, accountId: string): Generator<ExportedFile> {
  const own = groups.ownNames(accountId);
  for (const other of [false, true]) {
    yield {
      name: other ? 'Other contacts.vcf' : 'Contacts.vcf',
      items: people.count([accountId], { kind: other ? 'others' : 'contacts' }),
      *content() {
        for (const { id, body } of people.bodies(accountId, other)) {
          const person = readPerson(body);
          const names = groupsOf(GooglePerson.parse(person)).flatMap((group) => own.get(group) ?? []);
          yield personVcard(person, names, photos.find(accountId, id));
        }
      },
    };
  }
  const bodies = groups.bodies(accountId);
  const all = (['contacts', 'others'] as const).map((kind) => people.count([accountId], { kind }));
  yield {
    name: 'As Google sent it.jsonl',
    items: all.reduce((sum, amount) => sum + amount, bodies.length),
    *content() {
      for (const body of bodies) yield jsonLine('groups', body);
      for (const other of [false, true]) {
        for (const { body } of people.bodies(accountId, other)) yield jsonLine(other ? 'others' : 'contacts', body);
      }
    },
  };
}

/** What does not parse was damaged since, in a place that SQLite does not check. */
function readPerson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new StorageError('damaged', error);
  }
}

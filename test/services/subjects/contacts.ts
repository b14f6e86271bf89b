import type { Database } from 'better-sqlite3';
import { mostPeople, People } from '../../../src/contract/contacts.ts';
import { contactsService } from '../../../src/daemon/contacts/index.ts';
import { contacts as part } from '../../google/contacts/index.ts';
import { linesOf } from '../lines.ts';
import type { Subject } from '../subject.ts';

type Control = ReturnType<typeof part.control>;
type Named = { resourceName?: string | null };
const byName = (a: Named, b: Named) => (String(a.resourceName) < String(b.resourceName) ? -1 : 1);

/** What is told of when something was said is none of what was said. */
const fleeting = ['etag', 'updateTime', 'previousResourceNames'];
const content = (all: readonly Named[]): unknown =>
  JSON.parse(JSON.stringify(all, (key, value: unknown) => (fleeting.includes(key) ? undefined : value)));

export const subject: Subject = {
  name: 'contacts',
  service: contactsService,
  part,
  asksBy: 'syncToken',
  readWhole: ['contactPhoto'],
  mirrored(db: Database, accountId) {
    const all = (table: string) =>
      db
        .prepare<[string], string>(`SELECT body FROM ${table} WHERE account_id = ? ORDER BY id`)
        .pluck()
        .all(accountId)
        .map((body) => JSON.parse(body) as Named);
    return { people: content(all('people')), groups: content(all('contact_groups')) };
  },
  truth(control: Control, sub) {
    return {
      people: content([...control.contacts(sub)].sort(byName)),
      groups: content([...control.contactGroups(sub)].sort(byName)),
    };
  },
  exported(files) {
    const lines = linesOf(files);
    const of = (...lists: string[]) =>
      content(lines.flatMap(({ list, body }) => (lists.includes(list ?? '') ? [body as Named] : [])).sort(byName));
    return { people: of('contacts', 'others'), groups: of('groups') };
  },
  async titles(ask) {
    const titles: string[] = [];
    let after: string | null = null;
    do {
      const answer = People.parse(await ask('people', { circle: { kind: 'contacts' }, after, limit: mostPeople }));
      titles.push(...answer.items.map(({ name }) => name));
      after = answer.next;
    } while (after !== null);
    return titles;
  },
  list: () => ({ name: 'Other contacts', endpoint: 'otherContacts', path: 'otherContacts' }),
  exempt: {},
};

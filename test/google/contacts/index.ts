import type { Person } from '../core/model.ts';
import type { Part, SeedOptions } from '../core/part.ts';
import { API, contactRoutes, ENDPOINTS, SCOPE_WORDS } from './api.ts';
import { type ContactControl, contactControl } from './control.ts';
import { fixture } from './fixture.ts';
import type { ContactLibrary } from './model.ts';
import { seedContacts, seedSystemGroups } from './seed.ts';

interface Options {
  /** Contacts of the first person. */
  contacts?: number;
}

/** Google's People API. */
export const contacts = {
  api: API,
  endpoints: ENDPOINTS,
  scopes: SCOPE_WORDS,
  seed(people: readonly Person[], { seed, contacts: amount = 60 }: SeedOptions & Options, now: number): ContactLibrary {
    const library: ContactLibrary = { version: 0, bySub: {}, delay: 0, firstPages: null };
    people.forEach((person, index) => {
      const size = index === 0 ? { contacts: amount, others: Math.ceil(amount / 3) } : { contacts: 8, others: 3 };
      seedContacts(library, person, { ...size, seed }, now);
    });
    return library;
  },
  welcome(library: ContactLibrary, person: Person): void {
    seedSystemGroups(library, person.sub, Date.now());
  },
  routes: contactRoutes,
  control: contactControl,
  fixture,
} as const satisfies Part<ContactLibrary, Options, ContactControl>;

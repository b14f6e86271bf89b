import { z } from 'zod';
import { command } from '../core/command.ts';
import type { Double } from '../core/double.ts';
import { personOf } from '../core/model.ts';
import {
  bookOf,
  type ContactLibrary,
  type Group,
  live,
  type Person,
  putGroup,
  putPerson,
  removeGroup,
  removePerson,
  renamePerson,
} from './model.ts';
import { withPhotos } from './photos.ts';
import { seedContacts } from './seed.ts';

const text = z.string().min(1);
const resource = z.record(z.string(), z.unknown());
const seedSize = z.strictObject({
  contacts: z.number().int().nonnegative(),
  others: z.number().int().nonnegative(),
  seed: z.number().int(),
});

export type ContactControl = ReturnType<typeof contactControl>;

/** What a test can do to contacts from behind. */
export function contactControl(double: Double, library: ContactLibrary, changed: () => void) {
  const saved = <T>(result: T): T => {
    changed();
    return result;
  };
  return {
    /** Replaces a person's contacts, groups, and those that Google noted. */
    seedContacts: command([text, seedSize], (sub, size): void =>
      saved(seedContacts(library, personOf(double.state.accounts, sub), size, double.now())),
    ),
    /** What there is now, those that Google noted among it. */
    contacts: command([text], (sub): Person[] =>
      live(bookOf(library, sub).people).map((person) => withPhotos(double.issuer, person)),
    ),
    contactGroups: command([text], (sub): Group[] => live(bookOf(library, sub).groups)),
    /** Adds a contact, or changes the one of that resource name. */
    putContact: command(
      [text, resource],
      (sub, person: Person): Person => saved(putPerson(library, sub, person, double.now())),
    ),
    deleteContact: command([text, text], (sub, resourceName): void =>
      saved(removePerson(library, sub, resourceName, double.now())),
    ),
    /** Gives a contact another resource name; answers with it. */
    renameContact: command([text, text], (sub, resourceName): string =>
      saved(renamePerson(library, sub, resourceName, double.now())),
    ),
    putContactGroup: command(
      [text, resource],
      (sub, group: Group): Group => saved(putGroup(library, sub, group, double.now())),
    ),
    deleteContactGroup: command([text, text], (sub, resourceName): void =>
      saved(removeGroup(library, sub, resourceName, double.now())),
    ),
    /** Says of all contacts that they have changed, though nothing in them has. */
    touchContacts: command([text], (sub): void => {
      for (const person of live(bookOf(library, sub).people)) putPerson(library, sub, person, double.now());
      changed();
    }),
    /** Lists tell of later changes only so many milliseconds after them. */
    delayContacts: command([z.number().int().nonnegative()], (delay): void => {
      library.delay = delay;
      changed();
    }),
    /** Sync tokens are known no longer, and deletions are told of no more. */
    forgetContactTokens: command([text], (sub): void => {
      const book = bookOf(library, sub);
      library.version += 1;
      book.knownSince = library.version;
      for (const rows of [book.people, book.groups]) {
        for (const [name, { deleted }] of Object.entries(rows)) if (deleted) delete rows[name];
      }
      changed();
    }),
    /** So many whole readings may begin in a minute; null for no limit. */
    limitFirstPages: command([z.number().int().nonnegative().nullable()], (perMinute): void => {
      library.firstPages = perMinute === null ? null : { perMinute, minute: 0, made: 0 };
      changed();
    }),
  };
}

import type { Clock } from '../../contract/clock.ts';
import type { Observation } from '../../contract/observation.ts';
import { shownText } from '../../contract/shown-text.ts';
import type { WayToGoogle } from '../google/http.ts';
import { syncTokenFeed } from '../sync/feeds/sync-token.ts';
import { type ReadyList, readyList } from '../sync/service.ts';
import { googlePeople } from './api.ts';
import type { GroupRows } from './groups.ts';
import type { PersonRows } from './people.ts';
import { type PhotoRows, photoFeed } from './photos.ts';
import { personRow } from './rows.ts';

/** A sync token ends seven days after the reading that it descends from; so everything is read anew before. */
const sixDays = 6 * 86_400_000;

/** As large as it is ever shown, on a screen with two pixels for each. */
const size = 256;

/** The groups of an account, its contacts, those that Google noted, and what they look like. */
export function* contactCollections({
  accountId,
  get,
  picture,
  clock,
  groups,
  people,
  photos,
}: WayToGoogle & {
  accountId: string;
  clock: Clock;
  groups: GroupRows;
  people: PersonRows;
  photos: PhotoRows;
}): Generator<ReadyList> {
  const google = googlePeople(get);

  yield readyList({
    key: 'groups',
    name: 'Groups',
    feed: syncTokenFeed({ read: google.groups, rereadAfter: sixDays }),
    put: (items, generation) =>
      items.filter(({ item, body }) => {
        const name = shownText(item.formattedName ?? item.name ?? '');
        const own = item.groupType === 'USER_CONTACT_GROUP';
        const deleted = item.metadata?.deleted === true;
        return groups.put(accountId, { id: item.resourceName, deleted, name, own, body }, generation);
      }).length > 0,
    count: (generation) => groups.met(accountId, generation),
    sweep: (generation) => groups.sweep(accountId, generation),
  });

  for (const other of [false, true]) {
    yield readyList({
      key: other ? 'others' : 'contacts',
      name: other ? 'Other contacts' : 'Contacts',
      feed: syncTokenFeed({ read: other ? google.others : google.connections, rereadAfter: sixDays }),
      put: (items, generation) =>
        items.filter((received) => people.put(accountId, personRow(received), generation)).length > 0,
      count: (generation) => people.met(accountId, other, generation),
      sweep: (generation) => people.sweep(accountId, other, generation),
      // Those whom Google noted are a permission of their own, which a person may have left out.
      skips: (observation) => other && saysScopeMissing(observation),
    });
  }

  yield readyList({
    key: 'photos',
    name: 'Photos',
    feed: photoFeed({
      wanted: (...range) => photos.wanted(accountId, ...range),
      fetchPhoto: (url, signal) => picture(sized(url), signal),
      now: clock.now,
    }),
    put: (items) => items.filter(({ item }) => photos.put(accountId, item)).length > 0,
    // They go with the people.
    count: () => ({ all: 0, unmet: 0 }),
    sweep: () => false,
  });
}

const saysScopeMissing = (observation: Observation): boolean =>
  observation.kind === 'answer' &&
  [observation.error, observation.subtype].some(
    (reason) => reason === scopeMissing || reason === 'insufficientPermissions',
  );

/** https://cloud.google.com/apis/design/errors#error_info */
const scopeMissing = 'ACCESS_TOKEN_SCOPE_INSUFFICIENT';

/** The lists that a person has a name for. */
export const listCount = 4;

/** The address of a photo at the size that is kept: https://developers.google.com/people/api/rest/v1/people#Photo */
const sized = (url: string): string => url.replace(/=s\d+(-[a-z\d-]+)?$/, `=s${size}`);

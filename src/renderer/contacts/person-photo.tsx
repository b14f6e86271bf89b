import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import type { PersonRequest } from '../../contract/contacts.ts';
import { initials } from '../account/initials.ts';
import type { Photos } from './photos.ts';

interface Props extends PersonRequest {
  readonly name: string;
  /** Whether a photo is kept. */
  readonly photo: boolean;
  readonly photos: Photos;
  /** Of the copy: another one has the photo read again. */
  readonly version: string;
}

/** The photo of somebody, an ornament beside their name. It is read while this is in the page; letters stand in for it. */
export function PersonPhoto({ accountId, id, name, photo, photos, version }: Props) {
  const person = { accountId, id };
  const url = useSyncExternalStore(photos.subscribe, () => (photo ? photos.held(person) : null));
  const [broken, setBroken] = useState<string | null>(null);
  const want = useEffectEvent(() => photos.want(person, version));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person, or another version, has another photo.
  useEffect(() => (photo ? want() : undefined), [accountId, id, photo, version]);
  return (
    <span className="contact-photo" aria-hidden="true">
      {url === null || url === broken ? (
        standIn(name)
      ) : (
        <img src={url} alt="" decoding="async" onError={() => setBroken(url)} />
      )}
    </span>
  );
}

/** A number has no initials. */
const standIn = (name: string): string => (/\p{L}/u.test(name) ? initials(name, '') : '#');

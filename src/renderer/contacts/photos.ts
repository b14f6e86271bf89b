import { PersonPhoto, type PersonRequest } from '../../contract/contacts.ts';
import { answer } from '../common/bridge.ts';

/** Photos that are being asked for at the same time. */
const mostAtOnce = 4;

/** Characters of `data:` URLs that are held, of which those that were read last stay. */
const mostHeld = 64_000_000;

/** Photos as `data:` URLs, for as long as a window shows contacts. */
export interface Photos {
  /** What is held of somebody; null where nothing is. */
  held(person: PersonRequest): string | null;
  /**
   * Has a photo read, unless it was read at this version of the copy. Call what is returned when the photo is out of sight: what
   * has not been asked for by then is not asked for any more.
   */
  want(person: PersonRequest, version: string): () => void;
  /** `listener` is called whenever another photo is there. */
  subscribe(listener: () => void): () => void;
}

interface Wish {
  readonly person: PersonRequest;
  readonly version: string;
}

/** Photos of whoever is in sight. One that cannot be read is as good as none: nothing else is missing with it. */
export function openPhotos(): Photos {
  const photos = new Map<string, { readonly version: string; readonly url: string | null }>();
  const wishes = new Set<Wish>();
  const reading = new Set<string>();
  const listeners = new Set<() => void>();
  let size = 0;

  function forget(key: string): void {
    size -= photos.get(key)?.url?.length ?? 0;
    photos.delete(key);
  }

  function hold(key: string, version: string, url: string | null): void {
    forget(key);
    photos.set(key, { version, url });
    size += url?.length ?? 0;
    for (const oldest of photos.keys()) {
      if (size <= mostHeld) break;
      forget(oldest);
    }
    for (const listener of listeners) listener();
  }

  async function read(key: string, { person, version }: Wish): Promise<void> {
    reading.add(key);
    const url = await ask(person);
    reading.delete(key);
    hold(key, version, url === undefined ? (photos.get(key)?.url ?? null) : url);
    readOn();
  }

  function readOn(): void {
    for (const wish of wishes) {
      const key = keyOf(wish.person);
      if (photos.get(key)?.version === wish.version) wishes.delete(wish);
      else if (!reading.has(key) && reading.size < mostAtOnce) {
        wishes.delete(wish);
        void read(key, wish);
      }
    }
  }

  return {
    held: (person) => photos.get(keyOf(person))?.url ?? null,
    want(person, version) {
      const wish = { person, version };
      wishes.add(wish);
      readOn();
      return () => wishes.delete(wish);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const keyOf = ({ accountId, id }: PersonRequest): string => `${accountId}/${id}`;

/** Null where no photo is kept, undefined where that cannot be told. */
async function ask(person: PersonRequest): Promise<string | null | undefined> {
  const reply = await answer(
    window.mooring.ask({ service: 'contacts', name: 'photo', accounts: [person.accountId], params: person }),
  );
  const photo = reply.ok ? PersonPhoto.nullable().safeParse(reply.value).data : undefined;
  return photo ? `data:${photo.type};base64,${photo.base64}` : photo;
}

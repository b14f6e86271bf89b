import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { PersonPhoto } from '../../contract/contacts.ts';
import type { GetPicture, Picture } from '../google/picture.ts';
import type { Feed } from '../sync/feed.ts';

/** What came of asking for a photo; `photo` is null where it was none. */
export interface FetchedPhoto {
  readonly person: number;
  readonly url: string;
  readonly triedAt: number;
  readonly photo: Picture | null;
}

export interface PhotoRows {
  /** Some of those that are to be had, after a row. */
  wanted(accountId: string, after: number, triedBefore: number, limit: number): { row: number; url: string }[];
  put(accountId: string, photo: FetchedPhoto): boolean;
  find(accountId: string, id: string): PersonPhoto | null;
}

export function photoRows(db: Database): PhotoRows {
  const wanted = db.prepare<[string, number, number, number], { row: number; url: string }>(`
    SELECT p.row, p.photo_url AS url FROM people p
    WHERE p.account_id = ? AND p.row > ? AND p.photo_url IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contact_photos f
      WHERE f.person = p.row AND f.url = p.photo_url AND (f.bytes IS NOT NULL OR f.tried_at > ?))
    ORDER BY p.row LIMIT ?`);
  const put = db.prepare<[string, string, number, string | null, Uint8Array | null, number, string]>(`
    INSERT INTO contact_photos (person, account_id, url, tried_at, type, bytes)
    SELECT row, ?, ?, ?, ?, ? FROM people WHERE row = ? AND photo_url = ?
    ON CONFLICT (person) DO UPDATE SET url = excluded.url, tried_at = excluded.tried_at, type = excluded.type,
      bytes = excluded.bytes`);
  const find = db.prepare<[string, string], { type: PersonPhoto['type']; bytes: Buffer }>(`
    SELECT f.type, f.bytes FROM people p JOIN contact_photos f ON f.person = p.row
    WHERE p.account_id = ? AND p.id = ? AND f.bytes IS NOT NULL`);
  return {
    wanted: (...of) => wanted.all(...of),
    put: (accountId, { person, url, triedAt, photo }) =>
      put.run(accountId, url, triedAt, photo?.type ?? null, photo?.bytes ?? null, person, url).changes > 0 &&
      photo !== null,
    find(accountId, id) {
      const found = find.get(accountId, id);
      return found === undefined ? null : { type: found.type, base64: found.bytes.toString('base64') };
    },
  };
}

/** So many photos are one page of the list that they are read as. */
const page = 8;

/** A photo that could not be had is asked for again after a day. */
const rest = 86_400_000;

/** Photos that are not kept yet, read as a list: its page tokens are numbers of rows. */
export function photoFeed(options: {
  wanted: (after: number, triedBefore: number, limit: number) => readonly { row: number; url: string }[];
  /** Null for what is no photo. Throws where nobody answers. */
  fetchPhoto: GetPicture;
  now: () => number;
}): Feed<FetchedPhoto, never> {
  const { wanted, fetchPhoto, now } = options;
  return {
    mark: z.never(),
    async full(token, signal) {
      const some = wanted(Number(token ?? -1), now() - rest, page);
      const asked = some.map(async ({ row: person, url }) => {
        const item = { person, url, triedAt: now(), photo: await fetchPhoto(url, signal) };
        return { item, body: '' };
      });
      const settled = await Promise.allSettled(asked);
      signal.throwIfAborted();
      const items = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      // Where nobody answers, the others would not be answered either: they are left for the next sync, which is held up no more.
      const isCutOff = items.length < some.length;
      const last = some.at(-1);
      const next = isCutOff || some.length < page || !last ? { mark: null } : { page: String(last.row) };
      return { items, dropped: 0, next };
    },
    forgotten: () => null,
    rereadAfter: 0,
  };
}

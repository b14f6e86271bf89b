import { deflateSync } from 'node:zlib';
import type { Hono } from 'hono';
import type { Env } from '../core/double.ts';
import type { Person } from './model.ts';

/** Where photos are, as it is kept: the double is at another address each time. */
export const photoPath = (name: string): string => `/contact-photos/${name}=s100`;

/** A person whose photos are at the address where the double is now. */
export function withPhotos(issuer: string, person: Person): Person {
  if (!Array.isArray(person.photos)) return person;
  const photos = person.photos.map((photo) =>
    typeof photo?.url === 'string' && photo.url.startsWith('/contact-photos/')
      ? { ...photo, url: `${issuer}${photo.url}` }
      : photo,
  );
  return { ...person, photos };
}

/** Serves photos to whoever asks, as Google does; some names are traps. */
export function photoRoutes(app: Hono<Env>, path: string): void {
  app.get(path, (c) => {
    const name = c.req.param('photo')?.replace(/=s\d+$/, '') ?? '';
    switch (name) {
      case 'missing':
        return c.notFound();
      case 'page':
        return c.html('<h1>Sign in to this network</h1>');
      case 'drawing':
        return c.body('<svg xmlns="http://www.w3.org/2000/svg"/>', 200, { 'content-type': 'image/svg+xml' });
      case 'elsewhere':
        return c.redirect('/contact-photos/ada');
      case 'huge':
        return c.body(new Uint8Array(2_000_000), 200, { 'content-type': 'image/png' });
      default:
        return c.body(new Uint8Array(pngOf(name)), 200, { 'content-type': 'image/png' });
    }
  });
}

/** A PNG of four pixels in a colour that comes of the name: https://www.w3.org/TR/png-3/ */
export function pngOf(name: string): Buffer {
  let hash = 7;
  for (const unit of Buffer.from(name)) hash = (hash * 31 + unit) >>> 0;
  const colour = [hash & 255, (hash >> 8) & 255, (hash >> 16) & 255];
  const row = Buffer.from([0, ...colour, ...colour]);
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat([row, row]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

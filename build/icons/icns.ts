/**
 * The kinds of picture that macOS reads as PNG, and their width in pixels. 16 and 32 points at one pixel a point are
 * left out: as PNG they come out scrambled in an app's bundle, and macOS scales the larger ones down for them.
 * https://en.wikipedia.org/wiki/Apple_Icon_Image_format
 */
export const icnsKinds = {
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
} as const;

export type IcnsKind = keyof typeof icnsKinds;

/** A macOS icon of PNG pictures: a header, then each picture behind its kind and its length with these eight bytes. */
export function writeIcns(pictures: readonly { readonly kind: IcnsKind; readonly png: Buffer }[]): Buffer {
  const body = Buffer.concat(pictures.flatMap(({ kind, png }) => [heading(kind, png.length), png]));
  return Buffer.concat([heading('icns', body.length), body]);
}

function heading(name: string, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.write(name, 'latin1');
  bytes.writeUInt32BE(8 + length, 4);
  return bytes;
}

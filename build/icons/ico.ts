/** A square PNG and its width in pixels, 256 at most. */
export interface IcoPicture {
  readonly size: number;
  readonly png: Buffer;
}

/**
 * A Windows icon whose pictures are all PNG, which Windows reads at every size since Vista.
 * https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10) and, for PNG,
 * https://devblogs.microsoft.com/oldnewthing/20101022-00/?p=12473
 */
export function writeIco(pictures: readonly IcoPicture[]): Buffer {
  const directory = Buffer.alloc(6 + 16 * pictures.length);
  directory.writeUInt16LE(1, 2); // an icon, not a cursor
  directory.writeUInt16LE(pictures.length, 4);
  let offset = directory.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // One byte each, in which 0 stands for 256.
    directory.writeUInt8(size % 256, at);
    directory.writeUInt8(size % 256, at + 1);
    directory.writeUInt16LE(1, at + 4); // colour planes
    directory.writeUInt16LE(32, at + 6); // bits a pixel
    directory.writeUInt32LE(png.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([directory, ...pictures.map(({ png }) => png)]);
}

import { inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Row by row, and of each pixel red, green, blue and alpha, from 0 to 255. */
  readonly rgba: Uint8Array;
}

/** Decodes a PNG of eight bits a channel with alpha, the only kind this project has. https://www.w3.org/TR/png-3/ */
export function decodePng(png: Buffer): Pixels {
  const data: Buffer[] = [];
  let width = 0;
  let height = 0;
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const kind = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (kind === 'IDAT') data.push(body);
    if (kind !== 'IHDR') continue;
    width = body.readUInt32BE(0);
    height = body.readUInt32BE(4);
    if (body.toString('hex', 8) !== '0806000000') throw new Error('not a plain PNG of eight bits a channel with alpha');
  }
  const row = width * 4;
  const filtered = inflateSync(Buffer.concat(data));
  const rgba = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const left = x < 4 ? 0 : rgba[y * row + x - 4]!;
      const up = y === 0 ? 0 : rgba[(y - 1) * row + x]!;
      const corner = x < 4 || y === 0 ? 0 : rgba[(y - 1) * row + x - 4]!;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter!]!;
      rgba[y * row + x] = filtered[y * (row + 1) + 1 + x]! + guess;
    }
  }
  return { width, height, rgba };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type IcnsKind, writeIcns } from '../../build/icons/icns.ts';
import { writeIco } from '../../build/icons/ico.ts';
import { decodePng, type Pixels } from './png.ts';

const root = join(import.meta.dirname, '../..');
const icon = (name: string) => readFileSync(join(root, 'build/icons', name));
const tray = (name: string) => decodePng(readFileSync(join(root, 'resources/tray', name)));

const states = ['synced', 'syncing', 'paused', 'offline', 'attention'];
const panelSizes = { '': 16, '@1.25x': 20, '@1.5x': 24, '@2x': 32, '@3x': 48 };
const sizes: Record<string, Record<string, number>> = {
  Template: { '': 16, '@2x': 32 },
  '-on-light': panelSizes,
  '-on-dark': panelSizes,
};
const every = states.flatMap((state) =>
  Object.entries(sizes).flatMap(([variant, scales]) =>
    Object.entries(scales).map(([scale, size]) => ({ name: `${state}${variant}${scale}.png`, size })),
  ),
);

const pixels = ({ rgba }: Pixels) =>
  Array.from({ length: rgba.length / 4 }, (_, at) => rgba.subarray(at * 4, at * 4 + 4));
const alphas = (picture: Pixels) => pixels(picture).map(([, , , alpha]) => alpha!);
const opaque = (picture: Pixels) => pixels(picture).filter(([, , , alpha]) => alpha === 255);

describe('the tray', () => {
  test('has a picture for every state, kind of panel and scale, and no other', () => {
    expect(readdirSync(join(root, 'resources/tray')).sort()).toEqual(every.map(({ name }) => name).sort());
  });

  test.each(every)('$name is $size pixels wide and high, and not empty', ({ name, size }) => {
    const picture = tray(name);
    expect(picture).toMatchObject({ width: size, height: size });
    expect(opaque(picture).length).toBeGreaterThan((size * size) / 8);
    expect(alphas(picture)).toContain(0);
  });

  test.each(every.filter(({ name }) => name.includes('Template')))('$name is black and clear only', ({ name }) => {
    expect(pixels(tray(name)).filter(([red, green, blue]) => red! + green! + blue! > 0)).toEqual([]);
  });

  test.each(Object.keys(sizes))('tells the states apart by shape alone at 16 pixels (%s)', (variant) => {
    for (const [index, one] of states.entries()) {
      for (const other of states.slice(index + 1)) {
        const [a, b] = [alphas(tray(`${one}${variant}.png`)), alphas(tray(`${other}${variant}.png`))];
        const changed = a.filter((alpha, at) => Math.abs(alpha - b[at]!) > 127).length;
        expect(changed, `${one} and ${other}`).toBeGreaterThanOrEqual(20);
      }
    }
  });

  // The cap, the rope and the foot, then the sign; the rope and its line are one, and the slash cuts off a corner.
  test.each([
    ['synced', 3],
    ['syncing', 4],
    ['paused', 5],
    ['offline', 3],
    ['attention', 5],
  ])('shows %s in %i parts that stand clear of each other', (state, count) => {
    for (const ending of ['Template', 'Template@2x', '-on-light', '-on-dark']) {
      expect(parts(tray(`${state}${ending}.png`)), ending).toBe(count);
    }
  });

  // WCAG 2.2, 1.4.11: graphics reach 3:1. The panels are the darkest light one and the lightest dark one to expect.
  test.each([
    ['-on-light', 0xd0],
    ['-on-dark', 0x40],
  ])('%s stands out from its panel in every state', (variant, grey) => {
    for (const state of states) {
      const faint = opaque(tray(`${state}${variant}.png`)).filter((colour) => contrast(colour, [grey, grey, grey]) < 3);
      expect(faint, state).toEqual([]);
    }
  });
});

/** How many groups of touching pixels there are; a pixel that is a third clear does not count. */
function parts(picture: Pixels): number {
  const { width } = picture;
  const left = new Set(alphas(picture).flatMap((alpha, at) => (alpha > 170 ? [at] : [])));
  let count = 0;
  for (const first of left) {
    count++;
    const part = [first];
    for (let at = part.pop(); at !== undefined; at = part.pop()) {
      if (!left.delete(at)) continue;
      // No drawing reaches both sides in rows that follow each other, so nothing wraps around.
      for (const row of [-width, 0, width]) part.push(at + row - 1, at + row, at + row + 1);
    }
  }
  return count;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(colour: ArrayLike<number>): number {
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const [red, green, blue] = [0, 1, 2].map((channel) => linear(colour[channel]! / 255));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe('the app', () => {
  test.each([16, 32, 48, 64, 128, 256, 512])('has a PNG of %i pixels', (size) => {
    const name = `${size}x${size}.png`;
    expect(readdirSync(join(root, 'build/icons/png'))).toContain(name);
    expect(decodePng(icon(`png/${name}`))).toMatchObject({ width: size, height: size });
  });

  test('has a PNG of 1024 pixels', () => {
    expect(decodePng(icon('icon.png'))).toMatchObject({ width: 1024, height: 1024 });
  });

  test('has a Windows icon of seven sizes, the declared ones', () => {
    const entries = readIco(icon('icon.ico'));
    expect(entries.map(({ size }) => size)).toEqual([16, 24, 32, 48, 64, 128, 256]);
    for (const { size, png } of entries) expect(decodePng(png)).toMatchObject({ width: size, height: size });
  });

  test('has a macOS icon whose pictures have the sizes of their kinds', () => {
    const read = readIcns(icon('icon.icns')).map(({ kind, png }) => [
      kind,
      decodePng(png).width,
      decodePng(png).height,
    ]);
    expect(read).toEqual([
      ['ic11', 32, 32],
      ['ic12', 64, 64],
      ['ic07', 128, 128],
      ['ic13', 256, 256],
      ['ic08', 256, 256],
      ['ic14', 512, 512],
      ['ic09', 512, 512],
      ['ic10', 1024, 1024],
    ]);
  });

  test('leaves macOS its margin', () => {
    const large = readIcns(icon('icon.icns')).find(({ kind }) => kind === 'ic10')!;
    const middle = alphas(decodePng(large.png)).slice(512 * 1024, 513 * 1024);
    expect([middle.indexOf(255), middle.lastIndexOf(255)]).toEqual([100, 923]);
  });
});

test('what is written into an icon is read back', () => {
  const pictures = [Buffer.from('first'), Buffer.from('the second')];
  expect(readIco(writeIco([16, 256].map((size, at) => ({ size, png: pictures[at]! }))))).toEqual([
    { size: 16, png: pictures[0] },
    { size: 256, png: pictures[1] },
  ]);
  const kinds: IcnsKind[] = ['ic07', 'ic10'];
  const written = kinds.map((kind, at) => ({ kind, png: pictures[at]! }));
  expect(readIcns(writeIcns(written))).toEqual(written);
});

/** Every byte belongs to the header or to one picture, or else this throws. */
function readIco(file: Buffer): { size: number; png: Buffer }[] {
  expect(file.subarray(0, 4)).toEqual(Buffer.from([0, 0, 1, 0]));
  const count = file.readUInt16LE(4);
  let end = 6 + 16 * count;
  const entries = Array.from({ length: count }, (_, index) => {
    const entry = file.subarray(6 + 16 * index, 22 + 16 * index);
    expect(entry[0]).toBe(entry[1]);
    expect(entry.readUInt32LE(12)).toBe(end);
    const start = end;
    end += entry.readUInt32LE(8);
    return { size: entry[0] === 0 ? 256 : entry[0]!, png: file.subarray(start, end) };
  });
  expect(end).toBe(file.length);
  return entries;
}

function readIcns(file: Buffer): { kind: string; png: Buffer }[] {
  expect(file.toString('latin1', 0, 4)).toBe('icns');
  expect(file.readUInt32BE(4)).toBe(file.length);
  const entries = [];
  let at = 8;
  while (at < file.length) {
    const length = file.readUInt32BE(at + 4);
    entries.push({ kind: file.toString('latin1', at, at + 4), png: file.subarray(at + 8, at + length) });
    at += length;
  }
  expect(at).toBe(file.length);
  return entries;
}

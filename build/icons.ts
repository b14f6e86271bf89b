import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { chromiumOptions } from '../test/e2e/chromium.ts';
import { root } from './app.ts';
import { type IcnsKind, icnsKinds, writeIcns } from './icons/icns.ts';
import { writeIco } from './icons/ico.ts';

// `npm run icons`: draws the pictures of the app and of its tray from the SVG in build/icons. Its output is committed,
// so that nobody needs a browser to package the app.

const icons = join(root, 'build', 'icons');
const tray = join(root, 'resources', 'tray');
const source = (name: string) => readFileSync(join(icons, name), 'utf8');

const art = { full: source('app.svg'), small: source('app-small.svg') };
// Out of sight, but not hidden: Chromium does not apply the masks of what is not displayed.
const unseenSymbols = `<div style="position: absolute; top: -99px">${source('tray.svg')}</div>`;

const states = ['synced', 'syncing', 'paused', 'offline', 'attention'] as const;

/** The suffixes are among those that https://www.electronjs.org/docs/latest/api/native-image lists. */
const panelScales = { '': 1, '@1.25x': 1.25, '@1.5x': 1.5, '@2x': 2, '@3x': 3 };
const variants = [
  // AppKit paints these itself, by their alpha alone.
  { ending: 'Template', glyph: '#000', attention: '#000', scales: { '': 1, '@2x': 2 } },
  { ending: '-on-light', glyph: '#14232c', attention: '#a35200', scales: panelScales },
  { ending: '-on-dark', glyph: '#fff', attention: '#f5b26b', scales: panelScales },
];

const browser = await chromium.launch({
  ...chromiumOptions,
  // The colours of this screen are nobody else's.
  args: [...(chromiumOptions.args ?? []), '--force-color-profile=srgb'],
});
try {
  const page = await browser.newPage();
  await drawApp(page);
  await drawTray(page);
} finally {
  await browser.close();
}

async function drawApp(page: Page): Promise<void> {
  const folder = emptied(join(icons, 'png'));
  for (const size of [16, 32, 48, 64, 128, 256, 512]) {
    writeFileSync(join(folder, `${size}x${size}.png`), await draw(page, tile(size), size));
  }
  writeFileSync(join(icons, 'icon.png'), await draw(page, tile(1024), 1024));

  const ico = [];
  for (const size of [16, 24, 32, 48, 64, 128, 256]) ico.push({ size, png: await draw(page, tile(size), size) });
  writeFileSync(join(icons, 'icon.ico'), writeIco(ico));

  const icns = [];
  for (const kind of Object.keys(icnsKinds) as IcnsKind[]) {
    icns.push({ kind, png: await draw(page, macTile(icnsKinds[kind]), icnsKinds[kind]) });
  }
  writeFileSync(join(icons, 'icon.icns'), writeIcns(icns));
}

async function drawTray(page: Page): Promise<void> {
  emptied(tray);
  for (const state of states) {
    for (const { ending, glyph, attention, scales } of variants) {
      const style = `color: ${glyph}; fill: currentColor; --attention: ${attention}`;
      for (const [suffix, scale] of Object.entries(scales)) {
        const mark = `<svg viewBox="0 0 16 16" style="${style}"><use href="#${state}" width="16" height="16"/></svg>`;
        const png = await draw(page, `${unseenSymbols}${mark}`, 16 * scale);
        writeFileSync(join(tray, `${state}${ending}${suffix}.png`), png);
      }
    }
  }
}

/** Windows and Linux: nearly the whole square, and all of it where every pixel counts. */
function tile(size: number): string {
  return rounded(size, size <= 32 ? 0 : size / 32, 'none');
}

/**
 * macOS: 824 of 1024 with its shadow, as in Apple's template; less of a margin where every pixel counts.
 * https://developer.apple.com/design/resources/
 */
function macTile(size: number): string {
  const margin = size <= 32 ? size / 16 : (size * 100) / 1024;
  return rounded(size, margin, `0 ${size * 0.01}px ${size * 0.02}px rgb(0 0 0 / 30%)`);
}

function rounded(size: number, margin: number, shadow: string): string {
  const edge = Math.round(margin);
  const svg = size <= 32 ? art.small : art.full;
  const image = `url(data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')})`;
  return `<div style="position: absolute; inset: ${edge}px; border-radius: 22.5%; box-shadow: ${shadow};
    background: ${image} center / 100% 100%"></div>`;
}

/** Draws on nothing, `size` pixels wide and high. */
async function draw(page: Page, html: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0; overflow: hidden } svg { display: block }</style>${html}`);
  return await page.screenshot({ omitBackground: true });
}

function emptied(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

import { readFileSync } from 'node:fs';
import { extname, isAbsolute } from 'node:path';
import { Script } from 'node:vm';
import { makeCrossing } from './inject/crossing.ts';
import { makePreload, type PreloadSettings } from './inject/preload.ts';
import { makeWire } from './inject/wire.ts';

/** The name Electron gives to the world in which preloads run. */
export const isolatedWorld = 'Electron Isolated Context';

const parameters = 'require, module, exports, process, global';

/**
 * Reads a preload and refuses one that a sandboxed renderer would not run. Electron says so in the page's console and
 * goes on without it; here it is an error at once.
 * https://www.electronjs.org/docs/latest/tutorial/esm#esm-preload-scripts-must-have-the-mjs-extension
 */
export function readPreload(path: string): string {
  if (!isAbsolute(path)) throw new Error(`preload script must have absolute path: ${path}`);
  if (extname(path) === '.mjs') throw new Error(`a sandboxed preload has to be CommonJS: ${path}`);
  const text = readFileSync(path, 'utf8');
  try {
    // `import` and `export` statements are syntax errors inside a function.
    new Script(wrap(text), { filename: path });
  } catch (error) {
    throw new Error(`a sandboxed preload has to be CommonJS: ${path}: ${String(error)}`);
  }
  return text;
}

const wrap = (text: string): string => `(function (${parameters}) {${text}\n})`;

/** Only top frames have a preload; subframes would need nodeIntegrationInSubFrames. Error pages are not the app's. */
const here = "window === window.top && location.protocol !== 'chrome-error:'";

/**
 * What runs in the page's own world before its scripts: one half of contextBridge. Then it lets the preload start, which is
 * thereby run within this script, where alone Chromium compiles what executeInMainWorld hands over: the page's policy
 * forbids it ever after.
 */
export function pageScript(secret: string): string {
  return `if (${here}) {
    (${makeCrossing})(${JSON.stringify(secret)}, 'page', () => false);
    document.dispatchEvent(new Event(${JSON.stringify(startOf(secret))}));
  }`;
}

/** The event by which the page's half says that it is there. */
const startOf = (secret: string): string => `${secret}start`;

/**
 * What runs in the isolated world before the page's scripts: Electron's small environment, then the preload. It has to be
 * there before the page's half, for whose word it waits.
 */
export function preloadScript(path: string, secret: string, settings: PreloadSettings): string {
  const text = readPreload(path);
  return `if (${here}) document.addEventListener(${JSON.stringify(startOf(secret))}, () => {
    const environment = (${makePreload})(
      (${makeWire})(),
      (emptied) => (${makeCrossing})(${JSON.stringify(secret)}, 'preload', emptied),
      ${JSON.stringify(settings)},
    );
    const module = { exports: {} };
    try {
      ${wrap(text)}.call(undefined, environment.require, module, module.exports, environment.process, globalThis);
    } catch (error) {
      console.error('Unable to load preload script: ' + ${JSON.stringify(path)} + '\\n' + (error?.stack ?? error));
    }
  }, { once: true });
  //# sourceURL=${path}`;
}

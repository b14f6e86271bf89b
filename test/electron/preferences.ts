import { readPreload } from './preload-script.ts';

const known = new Set(
  (
    'devTools nodeIntegration nodeIntegrationInWorker nodeIntegrationInSubFrames preload sandbox session partition ' +
    'zoomFactor javascript webSecurity allowRunningInsecureContent images imageAnimationPolicy textAreasAreResizable ' +
    'webgl plugins experimentalFeatures scrollBounce enableBlinkFeatures disableBlinkFeatures defaultFontFamily ' +
    'defaultFontSize defaultMonospaceFontSize minimumFontSize defaultEncoding backgroundThrottling offscreen ' +
    'contextIsolation webviewTag additionalArguments safeDialogs safeDialogsMessage disableDialogs navigateOnDragDrop ' +
    'autoplayPolicy disableHtmlFullscreenWindowResize accessibleTitle spellcheck enableWebSQL v8CacheOptions ' +
    'enablePreferredSizeMode transparent enableDeprecatedPaste focusOnNavigation'
  ).split(' '),
);

/**
 * Refuses names that are no preference, and the preferences whose effect the stand-in does not have: it runs sandboxed
 * and isolated preloads only.
 * https://www.electronjs.org/docs/latest/api/structures/web-preferences
 */
export function checkPreferences(preferences: Electron.WebPreferences): void {
  for (const name of Object.keys(preferences)) {
    if (!known.has(name)) throw new Error(`webPreferences has no ${name}`);
  }
  const { nodeIntegration, nodeIntegrationInSubFrames, contextIsolation, sandbox, webSecurity, webviewTag, preload } =
    preferences;
  const without = (what: string): never => {
    throw new Error(`the stand-in has no renderer with ${what}`);
  };
  if (nodeIntegration) without('nodeIntegration');
  if (nodeIntegrationInSubFrames) without('nodeIntegrationInSubFrames');
  if (contextIsolation === false) without('contextIsolation: false');
  if (sandbox === false) without('sandbox: false');
  if (webSecurity === false) without('webSecurity: false');
  if (webviewTag) without('webviewTag');
  if (preload !== undefined) readPreload(preload);
}

/**
 * What several modules have to know of the app's life, apart from `app` itself so that none of them imports it.
 */
export const lifecycle = { ready: false, quitting: false };

/**
 * Most of Electron's modules refuse to work until the app is ready.
 * https://www.electronjs.org/docs/latest/api/app#event-ready
 */
export function refuseBeforeReady(message: string): void {
  if (!lifecycle.ready) throw new Error(message);
}

/** Some settings are read while Electron starts, and are refused afterwards. */
export function refuseAfterReady(message: string): void {
  if (lifecycle.ready) throw new Error(message);
}

/** Calls that exist on some platforms only are absent elsewhere: calling them is the TypeError it is in Electron. */
export function onlyOn(platforms: NodeJS.Platform[], name: string): void {
  if (!platforms.includes(process.platform)) throw new TypeError(`${name} is not a function on ${process.platform}`);
}

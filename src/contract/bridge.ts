/**
 * The names that cross from renderer to main. Free of zod, because the preload bundles this file and has to stay small;
 * `window.ts` holds a schema for each name.
 */
export const requestNames = [
  'getState',
  'getAgenda',
  'signIn',
  'reconnect',
  'cancelSignIn',
  'openSignInAgain',
  'copySignInLink',
  'syncNow',
  'disconnect',
  'pickClientFile',
  'giveClientFile',
] as const;
export type RequestName = (typeof requestNames)[number];

/** The channel of a request, as `ipcMain.handle` and `ipcRenderer.invoke` know it. */
export const requestChannel = (name: RequestName): string => `mooring:${name}`;

/** The one channel on which main speaks up by itself: the whole {@link AppState}. */
export const stateChannel = 'mooring:state';

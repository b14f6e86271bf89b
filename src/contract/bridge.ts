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
  'getCredentials',
  'testCredentials',
  'copyReport',
  'setRetention',
  'rebuildCopy',
  'rehearse',
] as const;
export type RequestName = (typeof requestNames)[number];

/** The channel of a request, as `ipcMain.handle` and `ipcRenderer.invoke` know it. */
export const requestChannel = (name: RequestName): string => `mooring:${name}`;

/** On this channel main asks the window to show the credentials of an account: a person chose it in the menu. */
export const showCredentialsChannel = 'mooring:show-credentials';

/** On this channel main says the whole {@link AppState}, whenever it changes. */
export const stateChannel = 'mooring:state';

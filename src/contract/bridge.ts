/**
 * The names that cross from renderer to main. Free of zod, because the preload bundles this file and has to stay small;
 * `window.ts` holds a schema for each name.
 */
export const requestNames = [
  'getState',
  'ask',
  'search',
  'cancelSearch',
  'signIn',
  'reconnect',
  'keepService',
  'dropService',
  'cancelSignIn',
  'openSignInAgain',
  'copySignInLink',
  'answerStranger',
  'keepAdded',
  'syncNow',
  'disconnect',
  'pickClientFile',
  'giveClientFile',
  'getCredentials',
  'testCredentials',
  'copyReport',
  'copyAddress',
  'changeSettings',
  'setLaunchAtLogin',
  'pause',
  'unpause',
  'pickExportFolder',
  'changeExports',
  'exportNow',
  'cancelExport',
  'installUpdate',
  'rebuildCopy',
  'rehearse',
] as const;
export type RequestName = (typeof requestNames)[number];

/** The channel of a request, as `ipcMain.handle` and `ipcRenderer.invoke` know it. */
export const requestChannel = (name: RequestName): string => `mooring:${name}`;

/** On this channel main asks the window to show a place of it: a person chose it in a menu or a notification. */
export const showChannel = 'mooring:show';

/** On this channel main says the whole {@link AppState}, whenever it changes. */
export const stateChannel = 'mooring:state';

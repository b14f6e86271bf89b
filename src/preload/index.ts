/**
 * The only way from the window to the rest of the app: one function per request, and two to listen. The
 * window never sees a channel name, an event object or Electron itself.
 */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import { type RequestName, requestChannel, showChannel, stateChannel } from '../contract/bridge.ts';
import type { MooringBridge, Reply, WindowParams, WindowResult } from '../contract/window.ts';
import { closePageWorld } from './page-world.ts';

const ask = <N extends RequestName>(name: N, params: WindowParams<N>): Promise<Reply<WindowResult<N>>> =>
  ipcRenderer.invoke(requestChannel(name), params);

function listen(channel: string, listener: (value: unknown) => void): () => void {
  const heard = (_event: IpcRendererEvent, value: unknown) => listener(value);
  ipcRenderer.on(channel, heard);
  return () => {
    ipcRenderer.off(channel, heard);
  };
}

/** Main may name a place before the page is ready to hear of it: the last one waits. */
function listenLate(channel: string): MooringBridge['onShow'] {
  let waiting: { readonly value: unknown } | null = null;
  let listener: ((value: unknown) => void) | null = null;
  ipcRenderer.on(channel, (_event: IpcRendererEvent, value: unknown) => {
    if (listener === null) waiting = { value };
    else listener(value);
  });
  return (next) => {
    listener = next;
    if (waiting !== null) next(waiting.value);
    waiting = null;
    return () => {
      if (listener === next) listener = null;
    };
  };
}

// Written out, so that whatever a click handler passes along is dropped where a request takes nothing.
const bridge: MooringBridge = {
  getState: () => ask('getState', null),
  ask: (params) => ask('ask', params),
  search: (params) => ask('search', params),
  cancelSearch: (params) => ask('cancelSearch', params),
  signIn: (params) => ask('signIn', params),
  reconnect: (params) => ask('reconnect', params),
  keepService: (params) => ask('keepService', params),
  dropService: (params) => ask('dropService', params),
  cancelSignIn: () => ask('cancelSignIn', null),
  openSignInAgain: () => ask('openSignInAgain', null),
  copySignInLink: () => ask('copySignInLink', null),
  answerStranger: (params) => ask('answerStranger', params),
  keepAdded: () => ask('keepAdded', null),
  syncNow: (params) => ask('syncNow', params),
  disconnect: (params) => ask('disconnect', params),
  pickClientFile: () => ask('pickClientFile', null),
  giveClientFile: async (file) => ask('giveClientFile', { path: webUtils.getPathForFile(file) }),
  getCredentials: (params) => ask('getCredentials', params),
  testCredentials: (params) => ask('testCredentials', params),
  copyReport: (params) => ask('copyReport', params),
  copyAddress: (params) => ask('copyAddress', params),
  changeSettings: (params) => ask('changeSettings', params),
  setLaunchAtLogin: (params) => ask('setLaunchAtLogin', params),
  pause: (params) => ask('pause', params),
  unpause: () => ask('unpause', null),
  pickExportFolder: () => ask('pickExportFolder', null),
  changeExports: (params) => ask('changeExports', params),
  exportNow: () => ask('exportNow', null),
  cancelExport: () => ask('cancelExport', null),
  installUpdate: () => ask('installUpdate', null),
  rebuildCopy: () => ask('rebuildCopy', null),
  rehearse: (params) => ask('rehearse', params),
  onState: (listener) => listen(stateChannel, listener),
  onShow: listenLate(showChannel),
};

contextBridge.executeInMainWorld({ func: closePageWorld });
contextBridge.exposeInMainWorld('mooring', bridge);

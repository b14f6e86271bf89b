/**
 * The only way from the window to the rest of the app: one function per request, and one to listen to the state. The
 * window never sees a channel name, an event object or Electron itself.
 */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type RequestName, requestChannel, stateChannel } from '../contract/bridge.ts';
import type { MooringBridge, Reply, WindowParams, WindowResult } from '../contract/window.ts';

const ask = <N extends RequestName>(name: N, params?: WindowParams<N>): Promise<Reply<WindowResult<N>>> =>
  ipcRenderer.invoke(requestChannel(name), params);

// Written out, so that whatever a click handler passes along is dropped where a request takes nothing.
const bridge: MooringBridge = {
  getState: () => ask('getState'),
  getAgenda: (params) => ask('getAgenda', params),
  signIn: () => ask('signIn'),
  reconnect: () => ask('reconnect'),
  cancelSignIn: () => ask('cancelSignIn'),
  openSignInAgain: () => ask('openSignInAgain'),
  copySignInLink: () => ask('copySignInLink'),
  syncNow: () => ask('syncNow'),
  disconnect: (params) => ask('disconnect', params),
  pickClientFile: () => ask('pickClientFile'),
  giveClientFile: (params) => ask('giveClientFile', params),
  onState(listener) {
    const heard = (_event: IpcRendererEvent, state: unknown) => listener(state);
    ipcRenderer.on(stateChannel, heard);
    return () => {
      ipcRenderer.off(stateChannel, heard);
    };
  },
};

contextBridge.exposeInMainWorld('mooring', bridge);

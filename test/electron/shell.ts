import { spawn } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { trace } from './trace.ts';

/** What the desktop opens, by its own means. */
const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';

function open(what: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(opener, [what], { stdio: 'ignore', detached: true });
    child.once('error', (error) => resolve(error.message));
    child.once('spawn', () => {
      child.unref();
      resolve('');
    });
  });
}

/** https://www.electronjs.org/docs/latest/api/shell */
export const shell = {
  openExternal: async (url: string): Promise<void> => {
    if (!URL.canParse(url)) throw new Error('Invalid URL');
    trace({ direction: 'app->system', channel: 'shell.openExternal', payload: url });
    const failure = await open(url);
    if (failure) throw new Error(`Failed to open: ${failure}`);
  },
  openPath: async (path: string): Promise<string> => {
    trace({ direction: 'app->system', channel: 'shell.openPath', payload: path });
    return open(path);
  },
  showItemInFolder: (path: string): void => {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    trace({ direction: 'app->system', channel: 'shell.showItemInFolder', payload: path });
  },
};

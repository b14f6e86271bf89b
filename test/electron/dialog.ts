import { refuseBeforeReady } from './lifecycle.ts';
import { trace } from './trace.ts';

const refuse = (): void => refuseBeforeReady('dialog module can only be used after app is ready');

/**
 * Nobody is there to answer: a message gets its default button, a file dialog is cancelled. A test that wants another
 * answer replaces the function, `electron.dialog.showOpenDialog = async () => ({...})`.
 * https://www.electronjs.org/docs/latest/api/dialog
 */
export const dialog = {
  showMessageBox: async (...args: unknown[]): Promise<Electron.MessageBoxReturnValue> => {
    refuse();
    const options = args.at(-1) as Electron.MessageBoxOptions;
    trace({ direction: 'app->system', channel: 'dialog.showMessageBox', payload: { message: options.message } });
    return { response: options.defaultId ?? 0, checkboxChecked: options.checkboxChecked ?? false };
  },
  showOpenDialog: async (..._args: unknown[]): Promise<Electron.OpenDialogReturnValue> => {
    refuse();
    trace({ direction: 'app->system', channel: 'dialog.showOpenDialog', payload: null });
    return { canceled: true, filePaths: [] };
  },
  showSaveDialog: async (..._args: unknown[]): Promise<Electron.SaveDialogReturnValue> => {
    refuse();
    trace({ direction: 'app->system', channel: 'dialog.showSaveDialog', payload: null });
    return { canceled: true, filePath: '' };
  },
  /** May be used before the app is ready; then it goes to stderr on Linux, as in Electron. */
  showErrorBox: (title: string, content: string): void => {
    trace({ direction: 'app->system', channel: 'dialog.showErrorBox', payload: { title, content } });
    console.error(`${title}\n${content}`);
  },
};

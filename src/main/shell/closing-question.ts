import { type BrowserWindow, dialog } from 'electron';

/** Says, the first time the window is closed, that Mooring goes on without it. Null when the person wants neither. */
export async function askHowToClose(window: BrowserWindow, startsAtLogin: boolean): Promise<'hide' | 'quit' | null> {
  const answers = ['hide', 'quit', null] as const;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Mooring',
    message: 'Keep syncing when the window is closed?',
    detail: `Mooring can stay in the tray and keep your copy up to date${startsAtLogin ? '; it also starts there when you log in' : ''}. Start Mooring again to see its window. You can change this in the settings.`,
    buttons: ['Keep syncing', 'Quit Mooring', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return answers[response] ?? null;
}

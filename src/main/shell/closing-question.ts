import { type BrowserWindow, dialog } from 'electron';

/**
 * Says, the first time the window is closed, that Mooring goes on without it, and asks whether it should; null when the
 * person wants neither. One question at a time: not every window manager keeps people from closing a window that has one
 * open. An answer that cannot be kept holds for this time.
 */
export function closingQuestion(options: {
  startsAtLogin: () => boolean;
  keep: (onClose: 'hide' | 'quit') => Promise<unknown>;
  onFailure: (error: unknown) => void;
}): (window: BrowserWindow) => Promise<'hide' | 'quit' | null> {
  const { startsAtLogin, keep, onFailure } = options;
  let asking = false;
  return async (window) => {
    if (asking) return null;
    asking = true;
    try {
      const onClose = await ask(window, startsAtLogin());
      if (onClose !== null) await keep(onClose).catch(onFailure);
      return onClose;
    } finally {
      asking = false;
    }
  };
}

/** Null when the person wants neither. */
async function ask(window: BrowserWindow, startsAtLogin: boolean): Promise<'hide' | 'quit' | null> {
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

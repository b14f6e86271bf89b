let text = '';

/**
 * In memory, so that tests do not touch the person's own.
 * https://www.electronjs.org/docs/latest/api/clipboard
 */
export const clipboard: Pick<Electron.Clipboard, 'readText' | 'writeText' | 'clear'> = {
  readText: async () => text,
  writeText: async (value) => {
    if (typeof value !== 'string') throw new TypeError('the clipboard takes a string');
    text = value;
  },
  clear: () => {
    text = '';
  },
};

/**
 * Switches that let another program into the running app, or put another program in the place of a part of it. Each
 * would reach what the window shows or what main holds in memory.
 * https://www.electronjs.org/docs/latest/api/command-line-switches
 *
 * Not refused, because they open nothing and people need them: `--no-sandbox` where the system has no user namespaces
 * (containers, some distributions), `--js-flags` for the memory limit, `--proxy-server` and its kin, `--enable-logging`.
 */
const doorways = [
  // The DevTools protocol of the window, on a port or a pipe.
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-targets',
  // Node's inspector of main; the fuse that is set in the package makes Electron ignore them as well.
  'inspect',
  'inspect-brk',
  'inspect-wait',
  'inspect-port',
  'debug-port',
  // Lets a page read what belongs to other origins.
  'disable-web-security',
  // Commands that run around, or in place of, a process of the app.
  'browser-subprocess-path',
  'gpu-launcher',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
];

/**
 * Why a packaged app does not start, in a sentence for the person, or null. `hasSwitch` is Electron's own reading of the
 * command line: it knows `-name`, and on Windows `/name`, where a search in the arguments would not.
 */
export function debuggingRefusal(options: {
  isPackaged: boolean;
  hasSwitch: (name: string) => boolean;
}): string | null {
  if (!options.isPackaged) return null;
  const found = doorways.filter(options.hasSwitch);
  if (found.length === 0) return null;
  const named = found.map((name) => `--${name}`).join(' and ');
  return `Mooring did not start, because it was started with ${named}, which would let another program read what it holds. Your data is untouched. Start it without.`;
}

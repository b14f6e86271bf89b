import type { Session as Cdp } from './cdp.ts';
import { toExternal } from './origins.ts';

export interface ConsoleMessage {
  readonly level: 'info' | 'warning' | 'error' | 'debug';
  readonly message: string;
  readonly lineNumber: number;
  readonly sourceId: string;
}

/**
 * What a page writes to its console, what it throws, and what Chromium itself says of it.
 * https://www.electronjs.org/docs/latest/api/web-contents#event-console-message
 */
export function followConsole(cdp: Cdp, say: (message: ConsoleMessage) => void): void {
  const tell = (level: ConsoleMessage['level'], text: string, lineNumber = 0, url = ''): void =>
    say({ level, message: toExternal(text), lineNumber, sourceId: toExternal(url) });
  cdp.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const level = type === 'warning' || type === 'error' || type === 'debug' ? type : 'info';
    const words = args.map((arg) => (arg.value === undefined ? (arg.description ?? '') : String(arg.value)));
    const at = stackTrace?.callFrames[0];
    tell(level, words.join(' '), at?.lineNumber, at?.url);
  });
  cdp.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    const { text, exception, lineNumber, url } = exceptionDetails;
    tell('error', exception?.description ?? text, lineNumber, url);
  });
  cdp.on('Log.entryAdded', ({ entry }) => {
    tell(entry.level === 'verbose' ? 'debug' : entry.level, entry.text, entry.lineNumber, entry.url);
  });
}

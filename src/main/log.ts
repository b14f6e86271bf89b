import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** One line of the log: when, which process, what. Callers pass no URL, token or personal data. */
export type Log = (line: string) => void;

const largest = 2_000_000;

/** A log file that keeps one predecessor and never grows past 2 MB. A log that cannot be written stops nothing. */
export function openLog(path: string, now: () => number): Log {
  let size: number | null = null;
  return (line) => {
    const text = `${new Date(now()).toISOString()} ${line.replaceAll(/[\r\n]+/g, ' ⏎ ')}\n`;
    try {
      if (size === null) {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      }
      if (size > largest) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, text, { mode: 0o600 });
      size += Buffer.byteLength(text);
    } catch {
      size = null;
    }
  };
}

import { electronExecutable } from '../electron/launch.ts';

/** Says once, at the start of the suite, on what the app runs. */
export default function sayHost(): void {
  const executable = electronExecutable();
  process.stdout.write(`host: ${executable === null ? 'stand-in for Electron' : `Electron (${executable})`}\n`);
}

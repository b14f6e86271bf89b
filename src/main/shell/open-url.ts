import { spawn } from 'node:child_process';
import { shell } from 'electron';
import { splitCommand } from '../setup/command.ts';
import { externalUrl } from './external-url.ts';

/**
 * Opens the beginning of a sign-in in the system's browser, or with the command of MOORING_BROWSER, which gets the address
 * as its last argument. Nothing is ever handed over but an address of the listener. Rejects when no browser can be started.
 */
export async function openUrl(address: string, command: string | null): Promise<void> {
  const url = externalUrl(address);
  if (url === null) throw new Error('Only the addresses at which a sign-in begins are opened.');
  if (command === null) return shell.openExternal(url);
  const [program, ...before] = splitCommand(command);
  if (program === undefined) throw new Error('MOORING_BROWSER is empty.');
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true, shell: false });
    child.once('error', reject);
    child.once('spawn', resolve);
    child.unref();
  });
}

import { spawn } from 'node:child_process';
import { shell } from 'electron';
import { splitCommand } from '../command.ts';
import { externalUrl } from './external-url.ts';

/**
 * Opens a sign-in address in the system's browser, or with the command of MOORING_BROWSER, which gets the address as its
 * last argument. Nothing is ever handed over but an address of the sign-in service, whose issuer this is. Rejects when no
 * browser can be started.
 */
export async function openUrl(address: string, options: { issuer: string; command: string | null }): Promise<void> {
  const { issuer, command } = options;
  const url = externalUrl(address, [new URL(issuer).origin]);
  if (url === null) throw new Error('Only the addresses of the sign-in service are opened.');
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

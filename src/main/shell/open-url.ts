import { spawn } from 'node:child_process';
import { shell } from 'electron';
import { EndpointUrl } from '../auth/provider.ts';
import { splitCommand } from '../command.ts';

/**
 * Opens a sign-in address in the system's browser, or with the command of MOORING_BROWSER, which gets the address as its
 * last argument. Only https, and http on this computer, are ever handed over. Rejects when no browser can be started.
 */
export async function openUrl(address: string, command: string | null): Promise<void> {
  if (!EndpointUrl.safeParse(address).success) throw new Error('Only web addresses are opened.');
  const url = new URL(address).href;
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

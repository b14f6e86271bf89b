import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildApp, root } from './app.ts';
import { withKeyring } from './keyring-session.ts';

/** Builds the app and plays the guided tour with a keychain of its own; answers its exit code. */
export async function runTour(args: readonly string[]): Promise<number> {
  buildApp();
  using command = withKeyring(process.execPath, [join(root, 'test', 'tour', 'tour.ts'), ...args], process.env);
  const child = spawn(command.command, command.args, { cwd: root, stdio: 'inherit', env: command.env });
  // Awaited here, so that the keychain's folder outlives the tour.
  return await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

if (import.meta.main) process.exitCode = await runTour(process.argv.slice(2));

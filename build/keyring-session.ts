import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A command with its arguments and environment, ready for `spawn`. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The same command with a real keychain of its own: on Linux a private D-Bus session with an unlocked gnome-keyring whose
 * files lie in a temporary folder, so that nobody's own keychain is touched. Elsewhere the command as it is, with the
 * system's keychain. `dispose` removes the folder once the command has ended.
 */
export function withKeyring(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Command & Disposable {
  if (process.platform !== 'linux') return { command: program, args, env, [Symbol.dispose]() {} };
  const folder = mkdtempSync(join(tmpdir(), 'mooring-keyring-'));
  const script = 'printf "\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"';
  return {
    command: 'dbus-run-session',
    args: ['--', 'sh', '-c', script, 'sh', program, ...args],
    env: {
      ...env,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_RUNTIME_DIR: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

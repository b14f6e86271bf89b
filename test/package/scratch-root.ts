import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** Whether this system has Debian's tools; without them nothing is known of the deb. */
export const hasDebian = ['/usr/bin/dpkg', '/usr/bin/dpkg-deb', '/usr/share/debconf/confmodule'].every(existsSync);

/** An empty Debian in a folder, in which dpkg installs without entering it: `--force-script-chrootless` in dpkg(1). */
export interface ScratchRoot {
  readonly path: (...names: string[]) => string;
  readonly dpkg: (args: readonly string[], env?: NodeJS.ProcessEnv) => Ran;
  /** Runs any command as a maintainer script is run there. */
  readonly run: (command: string, args: readonly string[], env?: NodeJS.ProcessEnv, input?: string) => Ran;
}

export interface Ran {
  readonly status: number | null;
  readonly said: string;
}

/** The person who removes: somebody else when the tests run as root, and oneself otherwise. */
export const person = process.getuid?.() === 0 ? 'nobody' : userInfo().username;

export function makeScratchRoot(folder: string): ScratchRoot {
  rmSync(folder, { recursive: true, force: true });
  const path = (...names: string[]) => join(folder, ...names);
  for (const each of ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/cache/debconf', 'etc', 'usr/bin']) {
    mkdirSync(path(each), { recursive: true });
  }
  // The person who removes has to reach the app.
  chmodSync(folder, 0o755);
  writeFileSync(path('var/lib/dpkg/status'), '');
  cpSync('/etc/debconf.conf', path('etc/debconf.conf'));

  const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): Ran => {
    const base = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' };
    const ran = spawnSync(command, args, { encoding: 'utf8', input, env: { ...base, DPKG_ROOT: folder, ...env } });
    return { status: ran.status, said: `${ran.stdout}${ran.stderr}` };
  };
  const options = ['script-chrootless', 'not-root', 'depends', 'unsafe-io', 'bad-path'].map(
    (name) => `--force-${name}`,
  );
  return {
    path,
    run,
    dpkg: (args, env) => run('dpkg', [`--root=${folder}`, '--log=/dev/null', ...options, ...args], env),
  };
}

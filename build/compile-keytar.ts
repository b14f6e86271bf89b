import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { root } from './app.ts';

/** Where npm put keytar's source, as the lock file has it. */
export const keytarFolder = join(root, 'node_modules', 'keytar');

/**
 * Compiles keytar for a processor, from its source, by node-gyp of the lock file, with the headers of the Node that runs this.
 * Node-API keeps the binary the same for Node and Electron: https://nodejs.org/docs/latest-v24.x/api/n-api.html
 *
 * keytar's own install script would fetch a binary that nothing vouches for, and node-gyp without `--nodedir` headers.
 * @throws {Error} It could not be compiled; the compiler's output is on stderr.
 */
export function compileKeytar(folder: string, arch: string): void {
  const gyp = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const nodeHome = dirname(dirname(process.execPath));
  const args = [gyp, 'rebuild', '--release', `--nodedir=${nodeHome}`, `--arch=${arch}`];
  const result = spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit', env: environment() });
  if (result.status === 0) return;
  throw new Error(
    'keytar could not be compiled, so Mooring has no way to the keychain here, and the set-up is not complete. ' +
      `Nothing of yours was changed. ${remedy()} Then start again.`,
  );
}

/**
 * Without npm's settings, which node-gyp would prefer to its arguments, and with this Node first on the path: keytar's
 * binding.gyp asks `node` for a folder.
 */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_config_|npm_package_config_|path$)/i.test(name));
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path };
}

/** What to do about a failure, by what is missing here. */
function remedy(): string {
  switch (process.platform) {
    case 'darwin':
      return 'It takes Xcode’s command line tools: run xcode-select --install.';
    case 'win32':
      return 'It takes Python 3, and Visual Studio’s Build Tools with “Desktop development with C++”: install them.';
    default: {
      const missing = missingOnLinux();
      if (missing.length === 0) return 'All that it takes is here, so the reason is in the compiler’s message above.';
      const list = missing.join(' ');
      return (
        `These are missing: ${missing.join(', ')}. On Debian and Ubuntu, install them with ` +
        `sudo apt-get install --no-install-recommends ${list}; ` +
        'on Fedora, with sudo dnf install libsecret-devel gcc-c++ make python3.'
      );
    }
  }
}

/** Debian's packages of what cannot be called. */
function missingOnLinux(): string[] {
  const works = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  return [
    ...(works('pkg-config', '--exists', 'libsecret-1') ? [] : ['libsecret-1-dev']),
    ...['g++', 'make', 'python3'].filter((command) => !works(command, '--version')),
  ];
}

if (import.meta.main) {
  try {
    compileKeytar(keytarFolder, process.arch);
  } catch (error) {
    process.stderr.write(`mooring: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}

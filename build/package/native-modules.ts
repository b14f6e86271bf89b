import type { FileSet } from 'electron-builder';

/**
 * What is packed of the only two packages that are not bundled into `out/`, because each has a native half: its code, its
 * licence, and the binaries of the platform. For electron-builder's `files`; `${arch}` is its to fill in.
 */
export const nativeFiles = {
  // Both halves of a universal app have both binaries, so that they are the same and joining them changes nothing.
  mac: [keytar(), betterSqlite3('darwin-{arm64,x64}')],
  win: [keytar(), betterSqlite3('win32-${arch}')],
  linux: [keytar(), betterSqlite3('linux-${arch}')],
};

function keytar(): FileSet {
  return part('keytar', ['package.json', 'LICENSE.md', 'lib/keytar.js', 'build/Release/keytar.node']);
}

function betterSqlite3(binaries: string): FileSet {
  // Beside lib/index.js, which finds the binary by itself, there are entrances for one platform each.
  const code = ['lib/**/*.js', '!lib/{darwin,linux,linuxmusl,win32}-*.js'];
  return part('better-sqlite3', ['package.json', 'LICENSE', ...code, `prebuilds/${binaries}.node`]);
}

function part(name: string, filter: string[]): FileSet {
  const folder = `node_modules/${name}`;
  return { from: folder, to: folder, filter };
}

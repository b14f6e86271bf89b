import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';

/** As Electron ships them: `0` off, `1` on. https://www.electronjs.org/docs/latest/tutorial/fuses */
const wire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, Object.keys(FuseV1Options).filter((key) => Number.isNaN(Number(key))).length]),
]);

/**
 * An Electron distribution for Linux in which the executable is a script: it holds a fuse wire, and when it is started it
 * writes its user and its arguments to `record`. Everything electron-builder makes of it is made as of the real one.
 */
export function makeStubElectron(folder: string, record: string): string {
  const script = `#!/bin/sh\necho "$(id -un) $HOME $DBUS_SESSION_BUS_ADDRESS $*" >>'${record}'\nexit 0\n`;
  const defaults = '101100011';
  mkdirSync(join(folder, 'resources'), { recursive: true });
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from(script), wire, Buffer.from(defaults)]));
  writeFileSync(join(folder, 'chrome-sandbox'), '#!/bin/sh\n');
  for (const name of ['electron', 'chrome-sandbox']) chmodSync(join(folder, name), 0o755);
  writeFileSync(join(folder, 'LICENSE'), 'The licence of Electron\n');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '<title>The licences of Chromium</title>\n');
  return folder;
}

import { join } from 'node:path';
import { type FuseConfig, FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { type AfterPackContext, Arch } from 'electron-builder';
import { identity } from './identity.ts';

/** Every fuse with its value: one that a newer @electron/fuses knows has to be decided before this compiles. */
export type EveryFuse = FuseConfig & { readonly strictlyRequireAllFuses: true };

/**
 * What Electron's switches in the packaged executable are set to, with the reason for each. A fuse that Electron has and
 * @electron/fuses does not know makes packaging fail. https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const fuses: EveryFuse = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // With ELECTRON_RUN_AS_NODE the signed app would run anybody's script, with the app's rights to the keychain.
  [FuseV1Options.RunAsNode]: false,
  // The app keeps no cookies; a page's would be encrypted as Chrome's are.
  [FuseV1Options.EnableCookieEncryption]: true,
  // NODE_OPTIONS=--require loads foreign code before ours.
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  // --inspect and SIGUSR1 open main, and the refresh tokens in its memory, to a debugger.
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // A changed app.asar does not start, on macOS and Windows; on Linux Electron does not look.
  // https://www.electronjs.org/docs/latest/tutorial/asar-integrity
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  // An `app` folder beside app.asar would go round the check above.
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // There is no snapshot of our own for the main process to load.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The window is served from app://; nothing is loaded from file://.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Electron's own default. Without trap handlers V8 checks each access to WebAssembly's memory in code: slower, no safer.
  [FuseV1Options.WasmTrapHandlers]: true,
};

/**
 * electron-builder's `afterPack`: sets the fuses before the app is signed, and reads them back. Its own `electronFuses`
 * option is not used, because it leaves out fuses it does not know (WasmTrapHandlers in 26.17).
 * @throws {Error} A fuse is not as the table says.
 */
export async function setFuses(context: AfterPackContext): Promise<void> {
  const app = fusedFile(context);
  if (app === null) return;
  // Apple silicon refuses a changed executable; where no certificate signs the app anew, this signature has to do.
  await flipFuses(app, { ...fuses, resetAdHocDarwinSignature: context.electronPlatformName === 'darwin' });
  const wrong = await differingFuses(app);
  if (wrong.length > 0) throw new Error(`These fuses are not as they should be: ${wrong.join(', ')}.`);
}

/** The names of the fuses of an executable, or of a bundle on macOS, that are not as the table says. */
export async function differingFuses(app: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(app);
  return everyFuse.filter((fuse) => wire[fuse] !== (fuses[fuse] ? FuseState.ENABLE : FuseState.DISABLE)).map(nameOf);
}

const everyFuse = Object.values(FuseV1Options).filter((fuse) => typeof fuse === 'number');
const nameOf = (fuse: FuseV1Options) => FuseV1Options[fuse];

/** What the fuses are in, or null where they are not set yet. */
function fusedFile({ appOutDir, electronPlatformName, arch, packager }: AfterPackContext): string | null {
  const name = packager.appInfo.productFilename;
  switch (electronPlatformName) {
    case 'darwin':
      // The two halves of a universal app are packed first; they stay as Electron made them until they are joined.
      return arch === Arch.universal ? join(appOutDir, `${name}.app`) : null;
    case 'win32':
      return join(appOutDir, `${name}.exe`);
    case 'linux':
      return join(appOutDir, identity.command);
    default:
      throw new Error(`Mooring is not packaged for ${electronPlatformName}.`);
  }
}

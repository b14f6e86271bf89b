import { readFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * `node --import register.ts out/main/index.js` runs an app's main on the stand-in: `electron` means electron.ts.
 */
const electron = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier) ? { url: electron, shortCircuit: true } : next(specifier, context),
});

const { version } = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('electron/package.json'), 'utf8'),
) as { version: string };
Object.defineProperty(process.versions, 'electron', { value: version, enumerable: true });
Object.defineProperties(process, {
  type: { value: 'browser' },
  // A test may say where the files are that a package keeps beside its app.
  resourcesPath: { value: process.env['MOORING_STANDIN_RESOURCES'] ?? import.meta.dirname },
  defaultApp: { value: true },
});

// Every launch loads the same sources: what Node makes of them is kept in the system's folder for temporary files.
enableCompileCache();

const { app } = await import('./app.ts');
await import('./control.ts');
// Electron ends on these as it does on a quit of the app's own.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());

const entry = process.argv[1];
if (entry === undefined) throw new Error('which main shall the stand-in run?');
// The app is ready when its main has been evaluated. A main that awaits whenReady() at its top level never gets there,
// in Electron as here: https://www.electronjs.org/docs/latest/tutorial/esm#main-process
setImmediate(() => {
  import(pathToFileURL(entry).href).then(
    () => setImmediate(() => app.becomeReady()),
    // Node itself reports it, and ends.
    () => undefined,
  );
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { launchRequest } from './background/launch.ts';
import { type Config, ConfigError, forgetConfiguration, readConfig } from './setup/config.ts';
import { canonicalFolder, claimFolder, makeWritable, orConfigError, removalRefusal } from './setup/data-folder.ts';
import { registerAppScheme } from './shell/app-protocol.ts';
import { debuggingRefusal } from './shell/debugging.ts';
import { refuseHints } from './shell/hints.ts';
import { purgeApp } from './shell/purge-app.ts';
import { startApp } from './shell/start-app.ts';

function giveUp(error: unknown): void {
  const message = error instanceof ConfigError ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  // An installed app that was started by its icon has no terminal. An uninstaller would wait for the click.
  if (app.isPackaged && !process.argv.includes('--purge')) dialog.showErrorBox('Mooring did not start', message);
  app.exit(1);
}

/** Nothing is awaited: Electron becomes ready only once this module has been evaluated to its end. */
function start(config: Config): void {
  const request = launchRequest(process.argv);
  if (request.kind === 'purge') purgeApp(config).catch(giveUp);
  else if (app.requestSingleInstanceLock()) startApp(config, request.kind === 'hidden').catch(giveUp);
  else app.quit();
}

/** Takes the data folder for this start, and answers with its one spelling; null for the system's own place. */
function takePlace(named: string | null): string | null {
  const home = named === null ? null : canonicalFolder(named);
  const purges = launchRequest(process.argv).kind === 'purge';
  const removal = purges ? removalRefusal(named ?? app.getPath('userData'), named === null) : null;
  if (removal !== null) throw new ConfigError(removal);
  if (home === null) {
    if (!purges) makeWritable(app.getPath('userData'));
    return null;
  }
  if (!purges) claimFolder(home);
  const userData = join(home, 'electron');
  // Electron takes no folder that is not there: https://www.electronjs.org/docs/latest/api/app#appsetpathname-path
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  app.setPath('userData', userData);
  return home;
}

try {
  const refusal = debuggingRefusal({
    isPackaged: app.isPackaged,
    hasSwitch: (name) => app.commandLine.hasSwitch(name),
  });
  if (refusal !== null) throw new ConfigError(refusal);
  const config = readConfig(process.env, app.isPackaged);
  forgetConfiguration(process.env);
  for (const { sentence } of config.refused) process.stderr.write(`${sentence}\n`);
  const home = orConfigError(config.home ?? app.getPath('userData'), () => takePlace(config.home));
  // The name under which Windows knows the app: its installer has registered it for notifications, and the login item,
  // which a start with --purge has to find, is called by it.
  if (process.platform === 'win32') app.setAppUserModelId('app.mooring.desktop');
  app.enableSandbox();
  refuseHints(app.commandLine);
  registerAppScheme();
  start({ ...config, home });
} catch (error) {
  giveUp(error);
}

import { app } from 'electron';
import { keepAllowed } from './setup/environment.ts';
import { ownProgram } from './shell/own-program.ts';

// Ahead of everything else that is loaded: some modules read the environment once, when they are.
const obeyed = keepAllowed(process.env);

/** Says that this is the second start, made without what the first had obeyed. */
const restarted = '--environment-kept';

if (obeyed.length === 0) {
  // Awaited: Electron becomes ready only once this module has been evaluated to its end.
  await import('./start.ts');
} else if (process.argv.includes(restarted) || process.argv.includes('--purge')) {
  // An uninstaller waits for the end of the program that it has started, and for no other.
  process.stderr.write(
    `Mooring did not start, because ${obeyed.join(' and ')} in its environment can make it print or write down what it holds. Your data is untouched. Start it without.\n`,
  );
  app.exit(1);
} else {
  app.relaunch({ execPath: ownProgram(), args: [...process.argv.slice(1), restarted] });
  app.exit(0);
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { electronExecutable, runApp } from '../test/electron/launch.ts';
import { startControl } from '../test/google/core/control-server.ts';
import { startGoogle } from '../test/google/index.ts';
import { buildApp, root } from './app.ts';
import { runTour } from './tour.ts';

// `npm start`: the app in its window, against the Google that the environment names, or against the double.

const say = (text: string) => process.stderr.write(`mooring: ${text}\n`);
const { env } = process;

const hasDisplay = process.platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
const hasClient = ['MOORING_CLIENT_FILE', 'MOORING_CLIENT_ID', 'MOORING_GOOGLE_ISSUER'].some((name) => env[name]);

if (!hasDisplay) {
  say('there is no display, so the guided tour is played instead of opening a window.');
  process.exitCode = await runTour([]);
} else {
  buildApp();
  if (electronExecutable() === null) {
    say('running on the stand-in (Node and Chromium), because Electron’s executable is not here.');
    say('it draws no tray: a Mooring that goes on without its window is ended by Ctrl+C here.');
  }
  const rehearsal = hasClient ? null : await startRehearsal();
  const mine = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('MOORING_')));
  const app = runApp({ env: { ...(mine as Record<string, string>), ...rehearsal?.env }, headed: true });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal));
  app.once('exit', async (code) => {
    await rehearsal?.close();
    process.exitCode = code ?? 1;
  });
}

/** A Google double that remembers its people and its address between starts, and a data folder of its own beside it. */
async function startRehearsal() {
  const folder = join(root, 'out', 'rehearsal');
  mkdirSync(folder, { recursive: true });
  const google = await startGoogle({ events: 300, state: join(folder, 'google.json') });
  const control = await startControl(google.control);
  say(`no OAuth client is set, so this is a rehearsal against a Google double at ${google.issuer}.`);
  say('the README says how to use your own Google account.');
  return {
    async close() {
      await control.close();
      await google.close();
    },
    env: {
      MOORING_GOOGLE_ISSUER: google.issuer,
      MOORING_GOOGLE_API_ROOT: google.apiRoot,
      MOORING_CLIENT_ID: google.clientId,
      MOORING_CLIENT_SECRET: google.clientSecret,
      MOORING_GOOGLE_CONTROL: control.url,
      MOORING_GOOGLE_CONTROL_KEY: control.key,
      MOORING_HOME: join(folder, 'home'),
    },
  };
}

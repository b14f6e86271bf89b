import { protocol } from 'electron';
import { appResponder } from './app-files.ts';
import { scheme } from './own-page.ts';

/** Must run before the app is ready: https://www.electronjs.org/docs/latest/api/protocol */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the renderer's files under `app://ui/`, each with the policy as a header. */
export function serveApp(folder: string): void {
  protocol.handle(scheme, appResponder(folder));
}

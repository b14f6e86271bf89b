import { app, session } from 'electron';
import { keepInside, refuseRequests } from './doors.ts';

/** Closes every door of every page. Call before the first window opens. */
export function closeDoors(): void {
  app.on('web-contents-created', (_event, contents) => keepInside(contents));
  refuseRequests(session.defaultSession, !app.isPackaged);
}

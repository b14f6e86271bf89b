import { app, session } from 'electron';
import { cutOff, keepInside, refuseRequests } from './doors.ts';

/** Closes every door of every page. Wait for it before the first window opens. */
export async function closeDoors(): Promise<void> {
  app.on('web-contents-created', (_event, contents) => keepInside(contents));
  refuseRequests(session.defaultSession, !app.isPackaged);
  await cutOff(session.defaultSession);
}

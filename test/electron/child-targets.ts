import type { Session as Cdp } from './cdp.ts';
import { chromium } from './chromium.ts';

/** Frames of other sites live in processes of their own, whose requests are held all the same. */
export async function followChildren(cdp: Cdp, holdRequests: (child: Cdp) => Promise<unknown>): Promise<void> {
  const { connection } = await chromium();
  cdp.on('Target.attachedToTarget', async ({ sessionId, targetInfo }) => {
    const child = connection.session(sessionId);
    const quiet = (): void => undefined;
    if (targetInfo.type === 'iframe') await holdRequests(child).catch(quiet);
    await child.send('Runtime.runIfWaitingForDebugger').catch(quiet);
  });
  await cdp.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'iframe' }, { type: 'worker' }],
  });
}

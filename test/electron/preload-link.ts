import { randomUUID } from 'node:crypto';
import type { Session } from './cdp.ts';
import type { FrameTree } from './frames.ts';
import { receive } from './ipc-main.ts';
import type { PageContents } from './page-contents.ts';
import { withPaths } from './paths.ts';
import { isolatedWorld, pageScript, preloadScript } from './preload-script.ts';

export interface PreloadLink {
  /** Gives a message to the preload of the current document. It is lost where there is none yet, as it is in Electron. */
  deliver(text: string): void;
  /** Has a preload run in each document to come. */
  install(path: string): Promise<unknown>;
}

/** Carries messages between main and the preload of a page, and back. */
export function linkPreload(contents: PageContents, cdp: Session, frames: FrameTree): PreloadLink {
  const inbox = `inbox-${randomUUID()}`;
  const binding = `binding-${randomUUID()}`;
  const file = `file-${randomUUID()}-`;

  function deliver(text: string, contextId = frames.isolatedContext()): void {
    if (contextId === undefined || contents.isDestroyed()) return;
    const expression = `globalThis[${JSON.stringify(inbox)}](${JSON.stringify(text)})`;
    cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined);
  }

  return {
    deliver: (text) => deliver(text),
    async install(path) {
      cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
        if (name !== binding) return;
        const frame = frames.byContext(executionContextId) ?? null;
        withPaths(cdp, executionContextId, file, payload).then(
          (text) => receive(text, contents, frame, (answer) => deliver(answer, executionContextId)),
          // The document that sent it is gone.
          (error) => console.error(error),
        );
      });
      const secret = randomUUID();
      const settings = { binding, inbox, file, process: rendererProcess() };
      await Promise.all([
        cdp.send('Runtime.addBinding', { name: binding, executionContextName: isolatedWorld }),
        cdp.send('Page.addScriptToEvaluateOnNewDocument', {
          source: preloadScript(path, secret, settings),
          worldName: isolatedWorld,
        }),
        cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(secret) }),
      ]);
    },
  };
}

/** https://www.electronjs.org/docs/latest/api/process#sandbox */
function rendererProcess(): Record<string, unknown> {
  const { platform, arch, versions, env } = process;
  return { type: 'renderer', sandboxed: true, contextIsolated: true, isMainFrame: true, platform, arch, versions, env };
}

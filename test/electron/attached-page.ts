import type { Session } from './cdp.ts';
import { followChildren } from './child-targets.ts';
import type { Target } from './chromium.ts';
import { type FrameTree, followFrames } from './frames.ts';
import type { Loading } from './loading.ts';
import { makeGate } from './navigation.ts';
import type { PageContents } from './page-contents.ts';
import { followPage } from './page-events.ts';
import { linkPreload, type PreloadLink } from './preload-link.ts';
import { interceptRequests } from './requests.ts';

/** Chromium's page, as the contents that it was opened for use it. */
export interface AttachedPage {
  readonly session: Session;
  readonly frames: FrameTree;
  /** Announces an address that main itself loads: nobody is asked about it. */
  readonly expect: (url: string) => void;
  readonly deliver: PreloadLink['deliver'];
  /** Everything is in place, and the page runs. */
  readonly ready: Promise<unknown>;
}

export function attachPage(
  contents: PageContents,
  target: Target,
  { preload, loading, onShown }: { preload: string | undefined; loading: Loading; onShown: () => void },
): AttachedPage {
  const { session, id } = target;
  const frames = followFrames(session, id, contents.id);
  const { gate, expect } = makeGate(contents, id, frames);
  followPage(contents, target, { gate, loading, onShown });
  const link = linkPreload(contents, session, frames);
  const holdRequests = (page: Session) =>
    interceptRequests(page, contents.session, gate, { webContentsId: contents.id, frameId: id });
  const setup = [
    session.send('Page.enable'),
    session.send('Runtime.enable'),
    session.send('Log.enable'),
    session.send('Inspector.enable'),
    session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
    holdRequests(session),
    preload === undefined ? null : link.install(preload),
    followChildren(session, holdRequests),
    session.send('Runtime.runIfWaitingForDebugger'),
  ];
  return { session, frames, expect, deliver: link.deliver, ready: Promise.all(setup) };
}

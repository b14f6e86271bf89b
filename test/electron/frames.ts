import type { Protocol, Session } from './cdp.ts';
import { originOf, toExternal } from './origins.ts';
import { isolatedWorld } from './preload-script.ts';

/**
 * A frame's document, as `event.senderFrame` and `webContents.mainFrame` show it. A navigation makes a new one.
 * https://www.electronjs.org/docs/latest/api/web-frame-main
 */
export class Frame
  implements
    Pick<
      Electron.WebFrameMain,
      'url' | 'origin' | 'detached' | 'frameTreeNodeId' | 'name' | 'processId' | 'routingId' | 'isDestroyed'
    >
{
  readonly cdpId: string;
  readonly parent: Frame | null;
  readonly frameTreeNodeId: number;
  readonly routingId: number;
  readonly processId: number;
  readonly name: string;
  url: string;
  detached = false;

  constructor(cdpId: string, parent: Frame | null, number: number, processId: number, name: string, url: string) {
    this.cdpId = cdpId;
    this.parent = parent;
    this.frameTreeNodeId = number;
    this.routingId = number;
    this.processId = processId;
    this.name = name;
    this.url = url;
  }
  get origin(): string {
    return originOf(this.url);
  }
  get top(): Frame {
    return this.parent ? this.parent.top : this;
  }
  isDestroyed(): boolean {
    return this.detached;
  }
}

export interface FrameTree {
  main(): Frame;
  byId(cdpId: string): Frame | undefined;
  byContext(contextId: number): Frame | undefined;
  /** The isolated world of the main frame's current document, when it has one. */
  isolatedContext(): number | undefined;
  dispose(): void;
}

/** Follows a page's frames and the worlds within them. */
export function followFrames(session: Session, mainId: string, processId: number): FrameTree {
  const frames = new Map<string, Frame>();
  const contexts = new Map<number, { frame: string; name: string }>();
  let count = 0;
  const add = (id: string, parentId: string | undefined, name: string, url: string): Frame => {
    count += 1;
    const parent = parentId === undefined ? null : (frames.get(parentId) ?? null);
    const old = frames.get(id);
    if (old) old.detached = true;
    const frame = new Frame(id, parent, old?.frameTreeNodeId ?? count, processId, name, url);
    frames.set(id, frame);
    return frame;
  };
  add(mainId, undefined, '', '');

  session.on('Page.frameAttached', ({ frameId, parentFrameId }) => add(frameId, parentFrameId, '', 'about:blank'));
  session.on('Page.frameNavigated', ({ frame }) => {
    add(frame.id, frame.parentId, frame.name ?? '', addressOf(frame));
  });
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    const frame = frames.get(frameId);
    if (frame) frame.url = toExternal(url);
  });
  session.on('Page.frameDetached', ({ frameId, reason }) => {
    const frame = frames.get(frameId);
    if (!frame || reason === 'swap') return;
    frame.detached = true;
    frames.delete(frameId);
  });
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = (context.auxData ?? {}) as { frameId?: string };
    if (frameId) contexts.set(context.id, { frame: frameId, name: context.name });
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => contexts.delete(executionContextId));
  session.on('Runtime.executionContextsCleared', () => contexts.clear());

  return {
    main: () => frames.get(mainId) as Frame,
    byId: (id) => frames.get(id),
    byContext: (id) => {
      const context = contexts.get(id);
      return context && frames.get(context.frame);
    },
    isolatedContext: () => {
      const found = [...contexts].findLast(([, { frame, name }]) => frame === mainId && name === isolatedWorld);
      return found?.[0];
    },
    dispose: () => {
      for (const frame of frames.values()) frame.detached = true;
      contexts.clear();
    },
  };
}

/** The address a person would say they are at: the one that failed, when Chromium shows its error page. */
export function addressOf(frame: Protocol.Page.Frame): string {
  return toExternal(frame.unreachableUrl || frame.url + (frame.urlFragment ?? ''));
}

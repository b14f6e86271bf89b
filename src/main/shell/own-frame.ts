import { isOwnPage } from './own-page.ts';

/** As much of Electron's `WebFrameMain` as decides whose frame it is. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
  /** Still running its unload listeners, while another document has taken its place. */
  readonly detached: boolean;
  /** A frame that is gone throws when it is asked for anything else. */
  isDestroyed(): boolean;
}

/**
 * Whether a request comes from the main frame of the window's own page: not from a frame within it, from another page,
 * from a document that is gone, or from other contents.
 * https://www.electronjs.org/docs/latest/tutorial/security (item 17)
 */
export function isOwnFrame(frame: SenderFrame | null, trustedContents: boolean): boolean {
  if (!trustedContents || frame === null || frame.isDestroyed()) return false;
  return !frame.detached && frame.parent === null && isOwnPage(frame.url);
}

import { preventable } from './events.ts';
import type { FrameTree } from './frames.ts';
import { toInternal } from './origins.ts';
import type { PageContents } from './page-contents.ts';
import type { Gate } from './requests.ts';

const withoutFragment = (url: string): string => toInternal(url).replace(/#.*/, '');

/**
 * Asks the app whether a page may navigate. What main loads itself is announced by `expect`, and nobody is asked; the
 * rest is taken for the page's own doing.
 * https://www.electronjs.org/docs/latest/api/web-contents#event-will-frame-navigate
 */
export function makeGate(contents: PageContents, mainId: string, frames: FrameTree) {
  const expected: string[] = [];
  const gate: Gate = ({ url, frameId, redirected }) => {
    const isMainFrame = frameId === mainId;
    const at = isMainFrame && !redirected ? expected.indexOf(withoutFragment(url)) : -1;
    if (at >= 0) {
      expected.splice(at, 1);
      return true;
    }
    const frame = frames.byId(frameId) ?? null;
    const ask = (name: string): boolean => {
      const event = preventable({ url, isSameDocument: false, isMainFrame, frame, initiator: frames.main() });
      contents.emit(name, event, url, false, isMainFrame, contents.id, 1);
      return !event.defaultPrevented;
    };
    if (redirected) return ask('will-redirect');
    return ask('will-frame-navigate') && (!isMainFrame || ask('will-navigate'));
  };
  const expect = (url: string): void => {
    expected.push(withoutFragment(url));
  };
  return { gate, expect };
}

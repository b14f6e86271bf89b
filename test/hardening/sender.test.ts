import { expect, test } from 'vitest';
import { isOwnFrame, type SenderFrame } from '../../src/main/shell/own-frame.ts';

const page: SenderFrame = { url: 'app://ui/index.html', parent: null, detached: false, isDestroyed: () => false };

/** As Electron answers for a frame that is gone: everything but `isDestroyed` throws. */
const gone = new Proxy(page, {
  get(_frame, name) {
    if (name === 'isDestroyed') return () => true;
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  },
});

test.each<[string, SenderFrame | null, boolean]>([
  ['other contents', page, false],
  ['a frame that is gone', null, true],
  ['a destroyed frame', gone, true],
  ['a document that is being replaced', { ...page, detached: true }, true],
  ['a frame within the page', { ...page, parent: page }, true],
  ['a frame within the page, of another origin', { ...page, parent: page, url: 'https://evil.example/' }, true],
  ['another origin', { ...page, url: 'https://evil.example/' }, true],
  ['a host that looks like ours', { ...page, url: 'app://ui.evil.example/index.html' }, true],
  ['a file', { ...page, url: 'file:///app/index.html' }, true],
  ['an empty page', { ...page, url: 'about:blank' }, true],
  ['a page without an address', { ...page, url: '' }, true],
])('S10 %s is not heard', (_who, frame, trusted) => {
  expect(isOwnFrame(frame, trusted)).toBe(false);
});

test('S10 the window’s own page is heard', () => {
  expect(isOwnFrame(page, true)).toBe(true);
});

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { blinkSettings } from '../../src/main/shell/hints.ts';
import { chromiumOptions } from './chromium.ts';
import { type Ears, openEars, ownWords } from './ears.ts';
import { type Reached, readNetLog } from './net-log.ts';
import { expect, test as inWorld } from './test.ts';
import { signInButton } from './views.ts';
import { departures, tryToLoad } from './ways-out.ts';
import { tryToCall } from './ways-to-call.ts';

const test = inWorld.extend<{ ears: Ears; netLog: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what the fixture needs.
  ears: async ({}, use) => {
    const ears = await openEars();
    await use(ears);
    ears.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  netLog: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'mooring-net-log-'));
    await use(join(folder, 'net.json'));
    rmSync(folder, { recursive: true, force: true });
  },
});

const nobody = '127.0.0.1:0';

test('S34 whatever a script in the window tries, nothing arrives outside and no name is looked up', async ({
  world,
  ears,
  netLog,
}) => {
  const { app, window: page } = await world.launch([`--log-net-log=${netLog}`]);
  await expect(signInButton(page)).toBeVisible();
  await page.evaluate(tryToLoad, ears.ports);
  // Nothing is left to call with: not the page's own, and none of a frame's.
  expect(await page.evaluate(tryToCall, ears.ports)).toEqual([]);
  for (const [name, leave] of Object.entries(departures)) {
    await page.evaluate(leave, `http://127.0.0.1:${ears.ports.tcp}/${name}`);
  }
  await expect(signInButton(page)).toBeVisible();

  // Another page of the app, without the preload: what stands below it holds by itself.
  const called = await app.evaluate(
    async ({ BrowserWindow }, [call, ports]) => {
      const other = new BrowserWindow({ show: false });
      await other.loadURL('app://ui/index.html');
      return (await other.webContents.executeJavaScript(`(${call})(${ports})`)) as string[];
    },
    [String(tryToCall), JSON.stringify(ears.ports)] as const,
  );
  expect(called).toEqual(expect.arrayContaining(['own RTCPeerConnection', 'iframe RTCPeerConnection']));

  // The stand-in's Chromium is killed with the app, before it has written its log to the end.
  if (app.host === 'stand-in') await (await page.context().browser()!.newBrowserCDPSession()).send('Browser.close');
  else await app.close();
  await expect.poll(() => readNetLog(netLog)).not.toBeNull();
  await app.close();
  const { names, connections } = readNetLog(netLog) as Reached;
  expect(connections.filter((address) => address !== nobody)).toEqual([]);
  expect(names.filter((name) => name.includes('localhost'))).toEqual([]);
  await ears.speak();
  expect(ears.heard.toSorted()).toEqual(ownWords.toSorted());
});

/**
 * What is asked for where nothing is in the way. An attribution source is tried too, but Chromium does not send it on every
 * start, so nobody waits for it.
 */
const loads = (
  '/link-prefetch /link-modulepreload /link-icon /link-manifest /preload-script /preload-style /preload-font ' +
  '/preload-image /preload-fetch /stylesheet /speculation /img /srcset /video /poster /audio /input ' +
  '/script /background /svg-image /css-image /css-cursor /css-font /css-content /font /import /worker /worklet ' +
  '/eval /fetch /keepalive /later /xhr /beacon /events /socket /ping datagram'
).split(' ');

/** Where there is a WebRTC to be found then. */
const worlds = [
  ...['own', 'iframe', 'IFrame', 'frame', 'object with data', 'namespace', 'prefix', 'a name that changes'],
  ...['another document', 'an XML document', 'innerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'shadow root'],
  ...['fragment', 'parser', 'parseHTMLUnsafe', 'editing', 'custom element', 'transformation'],
].map((place) => `${place} RTCPeerConnection`);

/** Does something with a plain Chromium, which has nothing of the app, and a page in it that has no policy. */
async function inPlainChromium(switches: string[], work: (open: () => Promise<Page>) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><body></body>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const args = [...(chromiumOptions.args ?? []), ...switches];
  const context = await chromium.launchPersistentContext('', { ...chromiumOptions, args });
  try {
    await work(async () => {
      const page = await context.newPage();
      await page.goto(address);
      return page;
    });
  } finally {
    await context.close();
    server.close();
    server.closeAllConnections();
  }
}

const hinted = 'http://dns-prefetch.localhost';

test('S34 a page without these guards is heard, by each of these ways', async ({ ears, netLog }) => {
  await inPlainChromium([`--log-net-log=${netLog}`], async (open) => {
    const page = await open();
    // Some of it never ends: what arrives is waited for instead.
    void page.evaluate(tryToLoad, ears.ports).catch(() => undefined);
    await expect.poll(() => loads.filter((each) => !ears.heard.includes(each))).toEqual([]);
    const calling = await open();
    ears.heard.length = 0;
    void calling.evaluate(tryToCall, ears.ports).catch(() => undefined);
    await expect.poll(() => ears.heard).toEqual(expect.arrayContaining(['datagram', 'connection', 'words']));
    expect((await calling.title()).split(', ')).toEqual(expect.arrayContaining(worlds));
    for (const [name, leave] of Object.entries(departures)) {
      const leaving = await open();
      // The page may be gone before it can answer.
      await leaving.evaluate(leave, `http://127.0.0.1:${ears.ports.tcp}/${name}`).catch(() => undefined);
      await expect.poll(() => ears.heard).toContain(`/${name}`);
    }
  });
  await expect.poll(() => readNetLog(netLog)?.names).toContain(hinted);
});

test('S34 a name given as a hint is looked up by no page of a Chromium with the app’s switch', async ({
  ears,
  netLog,
}) => {
  await inPlainChromium([`--log-net-log=${netLog}`, `--blink-settings=${blinkSettings}`], async (open) => {
    const page = await open();
    void page.evaluate(tryToLoad, ears.ports).catch(() => undefined);
    await expect.poll(() => ears.heard).toContain('/ping');
  });
  await expect.poll(() => readNetLog(netLog)?.names).toContain(`http://preconnect.localhost:${ears.ports.tcp}`);
  expect(readNetLog(netLog)?.names).not.toContain(hinted);
});

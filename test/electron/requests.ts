import type { Session as CdpSession, Protocol } from './cdp.ts';
import { schemeOf, standardSchemes, textToInternal, toExternal, toInternal } from './origins.ts';
import type { Session } from './session.ts';

type Paused = Protocol.Fetch.requestPausedPayload;

/** Decides of a document before it is asked for: false blocks the navigation. */
export type Gate = (navigation: { url: string; frameId: string; redirected: boolean }) => boolean;

/** Whose requests they are. */
export interface Page {
  readonly webContentsId: number;
  readonly frameId: string;
}

/**
 * Holds every request of a page: navigations are put to `gate`, everything to the session's webRequest, and the app's
 * own schemes are answered by its protocol handlers.
 */
export async function interceptRequests(cdp: CdpSession, session: Session, gate: Gate, page: Page): Promise<void> {
  cdp.on('Fetch.requestPaused', (paused) => {
    // A request may be cancelled, or its page closed, while the app decides: then there is nobody to answer.
    decide(cdp, session, gate, page, paused).catch((error: Error) => {
      if (/Invalid InterceptionId|Chromium is gone|Session with given id/.test(error.message)) return;
      console.error(error);
      cdp.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' }).catch(() => undefined);
    });
  });
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function decide(cdp: CdpSession, session: Session, gate: Gate, page: Page, paused: Paused): Promise<void> {
  const { requestId, request, resourceType, frameId } = paused;
  const url = toExternal(request.url) + (request.urlFragment ?? '');
  const fail = (errorReason: Protocol.Network.ErrorReason) => cdp.send('Fetch.failRequest', { requestId, errorReason });

  // Chromium looks for an icon to show in its tabs; Electron has none and does not.
  if (resourceType === 'Other' && new URL(request.url).pathname === '/favicon.ico') {
    await fail('Aborted');
    return;
  }
  const redirected = paused.redirectedRequestId !== undefined;
  if (resourceType === 'Document' && !gate({ url, frameId, redirected })) {
    await fail('Aborted');
    return;
  }
  const answer = await session.webRequest.ask(detailsOf(paused, url, page));
  if (answer.cancel) {
    await fail('BlockedByClient');
    return;
  }
  if (answer.redirectURL) {
    const location = toInternal(answer.redirectURL);
    const responseHeaders = [{ name: 'location', value: location }];
    await cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 307, responseHeaders });
    return;
  }
  const handler = session.protocol.handlerOf(url);
  if (handler) await fulfil(cdp, requestId, await handler(requestOf(paused, url)));
  else if (standardSchemes.has(schemeOf(url))) await fail('AddressUnreachable');
  else await cdp.send('Fetch.continueRequest', { requestId });
}

/** The app's handler gets a real Request. A body is given whole. */
function requestOf({ request }: Paused, url: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, toExternal(value));
  const parts = (request.postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'));
  const body = parts.length > 0 ? new Uint8Array(Buffer.concat(parts)) : null;
  return new Request(url, { method: request.method, headers, body });
}

async function fulfil(cdp: CdpSession, requestId: string, response: Response): Promise<void> {
  if (!(response instanceof Response)) throw new TypeError('a protocol handler has to answer a Response');
  if (response.type === 'error') {
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
    return;
  }
  const body = Buffer.from(await response.arrayBuffer());
  const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value: textToInternal(value) }));
  await cdp.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    ...(response.statusText ? { responsePhrase: response.statusText } : {}),
    responseHeaders,
    body: body.toString('base64'),
  });
}

const resourceTypes: Record<string, Electron.OnBeforeRequestListenerDetails['resourceType']> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Media: 'media',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  WebSocket: 'webSocket',
};

function detailsOf(paused: Paused, url: string, page: Page): Electron.OnBeforeRequestListenerDetails {
  const { request, resourceType, frameId } = paused;
  const document = frameId === page.frameId ? 'mainFrame' : 'subFrame';
  return {
    id: Number(/\d+/.exec(paused.requestId)?.[0] ?? 0),
    url,
    method: request.method,
    webContentsId: page.webContentsId,
    resourceType: resourceType === 'Document' ? document : (resourceTypes[resourceType] ?? 'other'),
    referrer: toExternal(request.headers['Referer'] ?? ''),
    timestamp: Date.now(),
    uploadData: [],
  };
}

import type { Ports } from './ways-out.ts';

/**
 * Speaks by WebRTC in every way there is, with each constructor that can be got hold of; answers where those were found. Run in
 * the page by its source, as what is in ways-out.ts.
 */
export async function tryToCall({ tcp, udp }: Ports): Promise<string[]> {
  const found = new Map<string, typeof RTCPeerConnection>();
  const look = (place: string, world: unknown): void => {
    for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
      const Connection = (world as Record<string, unknown> | null | undefined)?.[name];
      if (typeof Connection === 'function') found.set(`${place} ${name}`, Connection as typeof RTCPeerConnection);
    }
  };
  let before = 0;
  const from = (place: string, make: () => unknown): void => {
    before = window.length;
    try {
      look(place, make());
    } catch {
      // Refused, which is what the caller reads from the answer.
    }
  };
  /** The world of the frame that has just been made, if one has. */
  const last = () => (window.length > before ? window[window.length - 1] : null);
  const html = 'http://www.w3.org/1999/xhtml';
  const put = (element: Element) => {
    document.body.append(element);
    return last();
  };
  from('own', () => window);
  from('put back', () => {
    Reflect.deleteProperty(window, 'RTCPeerConnection');
    Reflect.defineProperty(window, 'RTCPeerConnection', { value: undefined, configurable: true });
    return window;
  });
  for (const tag of ['iframe', 'IFrame', 'frame', 'object', 'embed', 'fencedframe', 'portal']) {
    from(tag, () => put(document.createElement(tag)));
  }
  from('object with data', () => {
    const element = document.createElement('object');
    document.body.append(Object.assign(element, { data: 'about:blank', type: 'text/html' }));
    return element.contentWindow;
  });
  from('namespace', () => put(document.createElementNS(html, 'iframe')));
  from('prefix', () => put(document.createElementNS(html, 'x:iframe')));
  from('a name that changes', () => {
    let asked = 0;
    return put(document.createElement({ toString: () => (asked++ === 0 ? 'iframe' : 'div') } as never));
  });
  from('another document', () =>
    put(document.adoptNode(document.implementation.createHTMLDocument('').createElement('iframe'))),
  );
  from('an XML document', () =>
    put(document.adoptNode(document.implementation.createDocument(html, 'html').createElementNS(html, 'iframe'))),
  );
  from('innerHTML', () => {
    const box = document.body.appendChild(document.createElement('div'));
    box.innerHTML = '<iframe></iframe>';
    return last();
  });
  from('insertAdjacentHTML', () => {
    document.body.insertAdjacentHTML('beforeend', '<iframe></iframe>');
    return last();
  });
  from('setHTMLUnsafe', () => {
    document.body.appendChild(document.createElement('div')).setHTMLUnsafe('<iframe></iframe>');
    return last();
  });
  from('shadow root', () => {
    const box = document.body.appendChild(document.createElement('div'));
    box.attachShadow({ mode: 'open' }).innerHTML = '<iframe></iframe>';
    return box.shadowRoot?.querySelector('iframe')?.contentWindow;
  });
  from('fragment', () => {
    document.body.append(document.createRange().createContextualFragment('<iframe></iframe>'));
    return last();
  });
  from('parser', () => {
    const parsed = new DOMParser().parseFromString('<iframe></iframe>', 'text/html');
    return put(document.adoptNode(parsed.querySelector('iframe') as Element));
  });
  from('parseHTMLUnsafe', () => {
    const parsed = Document.parseHTMLUnsafe('<iframe></iframe>');
    return put(document.adoptNode(parsed.querySelector('iframe') as Element));
  });
  from('editing', () => {
    const box = document.body.appendChild(document.createElement('div'));
    box.contentEditable = 'true';
    box.focus();
    document.execCommand('insertHTML', false, '<iframe></iframe>');
    return last();
  });
  from('custom element', () => {
    class Frame extends HTMLIFrameElement {}
    customElements.define('x-frame', Frame, { extends: 'iframe' });
    return put(new Frame());
  });
  from('transformation', () => {
    const { implementation } = document;
    const sheet = implementation.createDocument('http://www.w3.org/1999/XSL/Transform', 'stylesheet');
    sheet.documentElement.setAttribute('version', '1.0');
    const template = sheet.createElementNS('http://www.w3.org/1999/XSL/Transform', 'template');
    template.setAttribute('match', '/');
    const element = sheet.createElementNS('http://www.w3.org/1999/XSL/Transform', 'element');
    element.setAttribute('name', 'iframe');
    template.append(element);
    sheet.documentElement.append(template);
    const processor = new XSLTProcessor();
    processor.importStylesheet(sheet);
    document.body.append(processor.transformToFragment(implementation.createDocument(null, 'x'), document));
    return last();
  });

  // For who does not wait until the calls have ended.
  document.title = [...found.keys()].join(', ');

  const servers = (kind: string): RTCIceServer => ({
    urls: [`${kind}:127.0.0.1:${udp}`, `${kind}:127.0.0.1:${tcp}?transport=tcp`],
    username: 'a',
    credential: 'b',
  });
  const calls = [...found.values()].map(async (Connection) => {
    const connection = new Connection({
      iceServers: [{ urls: `stun:127.0.0.1:${udp}` }, servers('turn'), servers('turns')],
    });
    connection.createDataChannel('x');
    const gathered = new Promise<void>((resolve) => {
      connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
    });
    await connection.setLocalDescription();
    const sdp = connection.localDescription?.sdp.replace('a=setup:actpass', 'a=setup:active') ?? '';
    await connection.setRemoteDescription({ type: 'answer', sdp });
    const candidates = [
      `candidate:1 1 udp 2122260223 127.0.0.1 ${udp} typ host`,
      `candidate:2 1 tcp 1518280447 127.0.0.1 ${tcp} typ host tcptype passive`,
    ];
    for (const candidate of candidates) await connection.addIceCandidate({ candidate, sdpMid: '0' });
    await gathered;
    connection.close();
  });
  await Promise.all(calls);
  return [...found.keys()];
}

/**
 * What a script in a page can try in order to be heard outside. Each function is run in the page by its source, so it uses
 * nothing from outside itself. Host names end with `.localhost`, which nobody is asked for (RFC 6761): a way that is open is
 * heard on this computer only.
 */

export interface Ports {
  readonly tcp: number;
  readonly udp: number;
}

/** Tries everything that leaves the page where it is, and waits for what has an end. */
export async function tryToLoad({ tcp, udp }: Ports): Promise<void> {
  // A host for each, because Chromium lets one host have a few requests at a time, and some of these never end.
  const at = (name: string) => `http://${name}.localhost:${tcp}/${name}`;
  const ends: Promise<unknown>[] = [];
  const attempt = (work: () => unknown): void => {
    try {
      ends.push(Promise.resolve(work()));
    } catch {
      // Refused: the rest is tried all the same.
    }
  };
  const put = (tag: string, attributes: Record<string, string>, parent: Element = document.body): Element => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      attempt(() => element.setAttribute(name, value));
    }
    parent.append(element);
    return element;
  };

  // Hints first: nobody hears how they end, and the rest takes its time.
  put('meta', { 'http-equiv': 'x-dns-prefetch-control', content: 'on' }, document.head);
  put('link', { rel: 'dns-prefetch', href: 'http://dns-prefetch.localhost/' }, document.head);
  put('link', { rel: 'preconnect', href: at('preconnect') }, document.head);
  put('link', { rel: 'preconnect', href: at('preconnect'), crossorigin: '' }, document.head);
  put('a', { href: 'http://anchor.localhost/' });
  for (const rel of ['prefetch', 'prerender', 'modulepreload', 'icon', 'manifest', 'compression-dictionary']) {
    put('link', { rel, href: at(`link-${rel}`) }, document.head);
  }
  for (const as of ['script', 'style', 'font', 'image', 'fetch']) {
    put('link', { rel: 'preload', as, href: at(`preload-${as}`) }, document.head);
  }
  put('link', { rel: 'stylesheet', href: at('stylesheet') }, document.head);
  attempt(() => {
    const rules = document.createElement('script');
    rules.type = 'speculationrules';
    rules.append(JSON.stringify({ prefetch: [{ urls: [at('speculation')], eagerness: 'immediate' }] }));
    document.head.append(rules);
  });
  put(
    'meta',
    { 'http-equiv': 'content-security-policy', content: `img-src 'none'; report-uri ${at('report')}` },
    document.createElement('head'),
  );

  // What shows or plays something.
  put('img', { src: at('img') });
  put('img', { srcset: `${at('srcset')} 1x` });
  put('img', { src: 'data:,', attributionsrc: at('attribution') });
  put('video', { src: at('video'), poster: at('poster') });
  put('audio', { src: at('audio') });
  put('input', { type: 'image', src: at('input') });
  put('script', { src: at('script') });
  put('body', { background: at('background') });
  const svg = (tag: string, attributes: Record<string, string>) => {
    const root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    root.append(element);
    document.body.append(root);
  };
  svg('image', { href: at('svg-image') });
  svg('use', { href: `${at('svg-use')}#a` });
  const styled = put('div', {}) as HTMLElement;
  styled.style.background = `url(${at('css-image')})`;
  styled.style.cursor = `url(${at('css-cursor')}), auto`;
  attempt(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@font-face { font-family: x; src: url(${at('css-font')}) } body { font-family: x }
      body::after { content: url(${at('css-content')}) }`);
    document.adoptedStyleSheets = [sheet];
  });
  attempt(() => new FontFace('y', `url(${at('font')})`).load());

  // What runs something.
  attempt(() => import(/* @vite-ignore */ at('import')));
  const code = `importScripts('${at('worker')}')`;
  const source = () => URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  attempt(() => new Worker(source()));
  attempt(() => new SharedWorker(source()));
  attempt(() => new Worker(`data:text/javascript,${encodeURIComponent(code)}`));
  attempt(() => navigator.serviceWorker.register('/index.html'));
  attempt(() => new OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(at('worklet')));
  attempt(() => setTimeout(`fetch('${at('eval')}')`, 0));

  // What speaks.
  attempt(() => fetch(at('fetch'), { mode: 'no-cors' }));
  attempt(() => fetch(at('keepalive'), { mode: 'no-cors', keepalive: true, method: 'POST', body: 'x' }));
  attempt(() =>
    (window as unknown as { fetchLater(url: string, options: object): unknown }).fetchLater(at('later'), {
      activateAfter: 0,
    }),
  );
  attempt(
    () =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.onloadend = resolve;
        request.open('GET', at('xhr'));
        request.send();
      }),
  );
  attempt(() => navigator.sendBeacon(at('beacon'), 'x'));
  attempt(
    () =>
      new Promise((resolve) => {
        const events = new EventSource(at('events'));
        events.onerror = () => resolve(events.close());
      }),
  );
  attempt(() => void new WebSocket(`ws://127.0.0.1:${tcp}/socket`));
  attempt(() => new WebTransport(`https://127.0.0.1:${udp}/transport`).ready);
  attempt(() => {
    const link = put('a', { href: '#here', ping: at('ping') }) as HTMLElement;
    link.click();
  });

  await Promise.allSettled(ends);
}

/** Ways to leave the page with something in the address; each is tried on a page of its own, because one that is open does. */
export const departures: Readonly<Record<string, (address: string) => void>> = {
  location: (address) => location.assign(address),
  form: (action) => {
    const form = Object.assign(document.createElement('form'), { action, method: 'post' });
    document.body.append(form);
    form.submit();
  },
  refresh: (address) => {
    const meta = Object.assign(document.createElement('meta'), { content: `0;url=${address}` });
    meta.httpEquiv = 'refresh';
    document.head.append(meta);
  },
  link: (href) => {
    const link = Object.assign(document.createElement('a'), { href });
    document.body.append(link);
    link.click();
  },
  download: (href) => {
    const link = Object.assign(document.createElement('a'), { href, download: 'x' });
    document.body.append(link);
    link.click();
  },
  window: (address) => void window.open(address, '_blank', 'noopener'),
  tab: (href) => {
    const link = Object.assign(document.createElement('a'), { href, target: '_blank' });
    document.body.append(link);
    link.click();
  },
};

import type { Fetch } from '../../src/http/outgoing.ts';

/** What a person does at Google's pages. */
export interface Choice {
  readonly email: string;
  /** Scopes to leave unticked. */
  readonly refuse?: readonly string[];
  readonly cancel?: boolean;
  /** Whether the browser is set to keep no cookies. */
  readonly withoutCookies?: boolean;
  /** Whether it is stopped before it brings Google's answer to the app. */
  readonly stopsAtCallback?: boolean;
}

/** A browser's cookies, which know no ports: https://www.rfc-editor.org/rfc/rfc6265#section-8.5 */
export class CookieJar {
  private readonly cookies = new Map<string, { host: string; path: string; pair: string }>();
  take(url: string, headers: Headers): void {
    const { hostname: host } = new URL(url);
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const path = attributes.find((each) => each.startsWith('Path='))?.slice(5) ?? '/';
      // One of the same name and path takes the place of the one before.
      this.cookies.set(`${host} ${path} ${pair.split('=')[0]}`, { host, path, pair });
    }
  }
  /** The header for a request to this address. */
  header(url: string): string {
    const { hostname, pathname } = new URL(url);
    const isFor = ({ host, path }: { host: string; path: string }) =>
      host === hostname && (pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`));
    return [...this.cookies.values()]
      .filter(isFor)
      .map(({ pair }) => pair)
      .join('; ');
  }
}

export interface Visit {
  /** Every address the browser was at, in order. */
  readonly addresses: readonly string[];
  /** The page it ended on. */
  readonly page: string;
  readonly status: number;
}

/** Goes through the double's pages as a browser without JavaScript would, to the app's own last page. */
export async function visit(start: string, choice: Choice, jar = new CookieJar(), load: Fetch = fetch): Promise<Visit> {
  const addresses: string[] = [];
  let request: { url: string; form?: URLSearchParams } = { url: start };
  for (let step = 0; step < 12; step += 1) {
    addresses.push(request.url);
    if (choice.stopsAtCallback && /[?&]code=/.test(request.url)) return { addresses, page: '', status: 0 };
    const answer = await load(request.url, {
      redirect: 'manual',
      headers: choice.withoutCookies ? {} : { cookie: jar.header(request.url) },
      ...(request.form ? { method: 'POST', body: request.form } : {}),
    });
    jar.take(request.url, answer.headers);
    const location = answer.headers.get('location');
    if (location !== null) {
      await answer.body?.cancel();
      request = { url: new URL(location, request.url).href };
      continue;
    }
    const page = await answer.text();
    const next = answer.ok ? submit(page, request.url, choice) : null;
    if (next === null) return { addresses, page, status: answer.status };
    request = next;
  }
  throw new Error('The browser went in circles.');
}

function submit(page: string, url: string, choice: Choice): { url: string; form: URLSearchParams } | null {
  const form = new URLSearchParams();
  const transaction = /name="transaction" value="([^"]+)"/.exec(page)?.[1];
  if (transaction === undefined) return null;
  form.set('transaction', transaction);
  if (page.includes('action="/signin/account"')) {
    const button = [...page.matchAll(/name="sub" value="(\d+)"[\s\S]*?<br>([^<]+)</g)].find(
      ([, , email]) => email === choice.email,
    );
    form.set('sub', button?.[1] ?? '');
    return { url: new URL('/signin/account', url).href, form };
  }
  for (const [, scope] of page.matchAll(/name="scope" value="([^"]+)"/g)) {
    if (!choice.refuse?.includes(scope!)) form.append('scope', scope!);
  }
  form.set('decision', choice.cancel ? 'cancel' : 'continue');
  return { url: new URL('/signin/consent', url).href, form };
}

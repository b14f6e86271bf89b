import type { Protocol } from './cdp.ts';
import { preventable } from './events.ts';
import { followLoads } from './loads.ts';
import { schemeOf, toInternal } from './origins.ts';
import type { PageContents } from './page-contents.ts';
import { grantPermissions } from './permissions.ts';

/** What is being loaded into a page, and what of it has come. */
export interface Loading {
  isLoading(): boolean;
  /** Loads an address; rejects when it fails, and when another load takes its place. */
  load(url: string): Promise<void>;
  /** Chromium's page has another document. */
  committed(frame: Protocol.Page.Frame): void;
  /** Whether a loader is that of the document that is there. */
  isCurrent(loaderId: string): boolean;
  finished(loaderId: string): void;
  /** There is no page any more. */
  lost(): void;
}

/** `expect` hears of each address that main itself loads, before it is loaded. */
export function makeLoading(contents: PageContents, expect: (url: string) => void): Loading {
  const loads = followLoads();
  /** Chromium's name for the document that is there; empty for none, and for Chromium's own page about a failure. */
  let loader = '';
  let loading = false;

  function failed(url: string, code: string, errno: number): Error {
    loading = false;
    if (!contents.isDestroyed()) {
      contents.emit('did-fail-load', preventable({}), errno, code, url, true, contents.id, 1);
    }
    return loadError(url, code, errno);
  }

  return {
    isLoading: () => loading,
    async load(url) {
      const internal = toInternal(url);
      const { session } = await contents.attached;
      const scheme = schemeOf(url);
      if (scheme && internal === url && !/^(https?|file|data|about|blob|chrome)$/.test(scheme)) {
        throw failed(url, 'ERR_UNKNOWN_URL_SCHEME', -302);
      }
      loading = true;
      expect(url);
      await grantPermissions(contents.session, contents, url);
      const { errorText, loaderId } = await session.send('Page.navigate', { url: internal });
      if (errorText) throw failed(url, errorText.replace(/^net::/, ''), -3);
      // Without a new document there is nothing to wait for.
      if (!loaderId) loading = false;
      else if (url !== 'about:blank' && (await loads.end(loaderId)) === 'replaced') {
        throw loadError(url, 'ERR_ABORTED', -3);
      }
    },
    committed({ loaderId, unreachableUrl }) {
      if (loader !== loaderId) loads.replaced(loader);
      loader = unreachableUrl ? '' : loaderId;
    },
    isCurrent: (loaderId) => loaderId === loader,
    finished(loaderId) {
      loading = false;
      loads.finished(loaderId);
    },
    lost() {
      loader = '';
    },
  };
}

/** What `loadURL` is rejected with. */
export function loadError(url: string, code: string, errno: number): Error {
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url });
}

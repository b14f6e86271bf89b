import type { Dispatcher } from 'undici';
import { ProxyError } from './proxy-error.ts';

/**
 * A proxy that nobody has named may answer in a server's place that it wants a password. To `fetch` that is a failure without
 * a name, and here it is given one: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch (status 407)
 */
export const nameRefusal: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch(options, {
    onRequestStart: (...args) => handler.onRequestStart?.(...args),
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart(...args) {
      if (args[1] === 407) throw new ProxyError('PROXY_PASSWORD');
      handler.onResponseStart?.(...args);
    },
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  });

/** What a proxy was asked for and did not do. `code` is read as the system's own are: see `Observation`. */
export class ProxyError extends Error {
  override name = 'ProxyError';
  readonly code: 'PROXY_PASSWORD' | 'PROXY_REFUSED' | 'PROXY_UNREACHABLE' | 'PROXY_UNUSABLE';
  constructor(code: ProxyError['code'], cause?: unknown) {
    // The address is left out: it may have a password in it.
    super(`The proxy: ${code}`, { cause });
    this.code = code;
  }
}

import { lifecycle, refuseAfterReady } from './lifecycle.ts';
import { schemeOf, standardSchemes } from './origins.ts';
import { strictEmitter } from './strict.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const named = /^[a-z][a-z0-9-]*$/;
/** Schemes Chromium speaks itself, which a handler would intercept. */
const builtIn = new Set(['http', 'https', 'file', 'data', 'blob', 'about', 'javascript', 'ws', 'wss', 'chrome']);
let registered = false;

/** https://www.electronjs.org/docs/latest/api/protocol */
export class Protocol
  extends strictEmitter('protocol')
  implements Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled'>
{
  private readonly handlers = new Map<string, Handler>();

  handle(scheme: string, handler: Handler): void {
    if (!named.test(scheme)) throw new Error(`the stand-in cannot serve the scheme ${scheme}`);
    if (typeof handler !== 'function') throw new TypeError('the handler of a protocol has to be a function');
    if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!builtIn.has(scheme) && !standardSchemes.has(scheme)) {
      // Electron would serve it, but its pages would have no origin, storage or relative addresses.
      throw new Error(`the stand-in serves only schemes registered as standard: ${scheme}`);
    }
    this.handlers.set(scheme, handler);
  }
  unhandle(scheme: string): void {
    if (!this.handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }
  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme) || builtIn.has(scheme);
  }
  /** For the stand-in: who answers a request for this address. */
  handlerOf(url: string): Handler | undefined {
    return this.handlers.get(schemeOf(url));
  }
}

/**
 * Once, and before the app is ready.
 * https://www.electronjs.org/docs/latest/api/protocol#protocolregisterschemesasprivilegedcustomschemes
 */
export function registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
  refuseAfterReady('protocol.registerSchemesAsPrivileged should be called before app is ready');
  if (registered) throw new Error('protocol.registerSchemesAsPrivileged can only be used once');
  registered = true;
  for (const { scheme, privileges } of schemes) {
    if (!named.test(scheme)) throw new Error(`the stand-in cannot serve the scheme ${scheme}`);
    if (privileges?.standard) standardSchemes.add(scheme);
  }
}

/** The module `protocol` is the default session's, except for what has to be called before there is one. */
export function protocolModule(
  defaultProtocol: () => Protocol,
): Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged'> {
  const own = { registerSchemesAsPrivileged };
  return new Proxy(own, {
    get: (_target, key) => {
      if (key === 'registerSchemesAsPrivileged') return registerSchemesAsPrivileged;
      if (typeof key === 'symbol' || (key === 'then' && !lifecycle.ready)) return undefined;
      const protocol = defaultProtocol();
      const value: unknown = Reflect.get(protocol, key);
      return typeof value === 'function' ? value.bind(protocol) : value;
    },
  }) as never;
}

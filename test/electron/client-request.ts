import {
  type ClientRequest as NodeRequest,
  type IncomingMessage as NodeResponse,
  request as requestHttp,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { PassThrough, pipeline } from 'node:stream';
import { refuseBeforeReady } from './lifecycle.ts';
import { Session, sessionOf } from './session.ts';
import { strictEmitter } from './strict.ts';

type Options = Electron.ClientRequestConstructorOptions;

/** Chromium's names for what Node says. https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h */
const netErrors: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'net::ERR_CONNECTION_REFUSED',
  ECONNRESET: 'net::ERR_CONNECTION_RESET',
  ENOTFOUND: 'net::ERR_NAME_NOT_RESOLVED',
};
const netError = (error: NodeJS.ErrnoException): Error => new Error(netErrors[error.code ?? ''] ?? 'net::ERR_FAILED');

let requests = 0;

/**
 * A request of main's, over Node's http: GET and HEAD, without a body, cookies, proxy, cache or signing in. It is put to
 * its session's webRequest, as every request of that session is, and so is each address it is redirected to.
 * https://www.electronjs.org/docs/latest/api/client-request
 */
export class ClientRequest extends strictEmitter('ClientRequest') {
  private readonly session: Session;
  private readonly method: string;
  private readonly headers: Record<string, string>;
  private readonly redirectMode: 'follow' | 'error' | 'manual';
  private readonly url: string;
  private running: NodeRequest | null = null;
  private response: PassThrough | null = null;
  private following: (() => void) | null = null;
  private over = false;

  constructor(given: Options | string) {
    super();
    refuseBeforeReady('net module can only be used after app is ready');
    const options = typeof given === 'string' ? { url: given } : given;
    const { method = 'GET', redirect = 'follow', session, partition = '', headers = {} } = options;
    if (!['GET', 'HEAD'].includes(method.toUpperCase())) throw new Error(`the stand-in makes no ${method} request`);
    if (!['follow', 'error', 'manual'].includes(redirect)) {
      throw new Error('redirect mode should be one of follow, error or manual');
    }
    if (session !== undefined && !((session as unknown) instanceof Session)) {
      throw new TypeError('`session` should be an instance of the Session class');
    }
    for (const [name, value] of Object.entries(headers)) {
      // Chromium sets it: net::ERR_INVALID_ARGUMENT.
      if (name.toLowerCase() === 'host') throw new Error('net::ERR_INVALID_ARGUMENT');
      if (typeof value !== 'string') throw new TypeError(`Invalid value for header "${name}"`);
    }
    this.session = (session as Session | undefined) ?? sessionOf(partition);
    if (this.session.proxied) throw new Error('the stand-in makes no request of main through a proxy');
    this.method = method.toUpperCase();
    this.headers = headers as Record<string, string>;
    this.redirectMode = redirect as typeof this.redirectMode;
    this.url = options.url ?? addressOf(options);
  }

  /** Nothing leaves before this. */
  end(body?: unknown): this {
    if (body !== undefined) throw new Error('the stand-in sends no body');
    this.start(this.url).catch((error: Error) => this.fail(error));
    return this;
  }
  abort(): void {
    if (this.over) return;
    process.nextTick(() => this.emit('abort'));
    this.finish();
  }
  followRedirect(): void {
    if (this.following === null) throw new Error('followRedirect() called, but was not waiting for a redirect');
    this.following();
  }

  private async start(url: string): Promise<void> {
    const { cancel } = await this.session.webRequest.ask({
      id: ++requests,
      url,
      method: this.method,
      resourceType: 'other',
      referrer: '',
      timestamp: Date.now(),
      uploadData: [],
    });
    if (this.over) return;
    if (cancel) return this.fail(new Error('net::ERR_BLOCKED_BY_CLIENT'));
    const make = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
    const running = make(url, { method: this.method, headers: this.headers });
    this.running = running;
    running.on('error', (error) => this.fail(netError(error)));
    running.on('response', (response) => this.arrive(response, url));
    running.end();
  }

  private arrive(from: NodeResponse, url: string): void {
    const { statusCode = 0, headers } = from;
    if ([301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined) {
      from.resume();
      this.redirect(statusCode, new URL(headers.location, url).href, headers);
      return;
    }
    if (statusCode === 401 || statusCode === 407) {
      this.fail(new Error('the stand-in signs in nowhere'));
      return;
    }
    const response = Object.assign(new PassThrough(), {
      statusCode,
      statusMessage: from.statusMessage ?? '',
      headers,
      rawHeaders: from.rawHeaders,
      httpVersion: from.httpVersion,
      httpVersionMajor: from.httpVersionMajor,
      httpVersionMinor: from.httpVersionMinor,
    });
    this.response = response;
    pipeline(from, response, (error) => {
      if (this.over) return;
      if (error) this.fail(new Error('net::ERR_CONTENT_LENGTH_MISMATCH'));
      else this.finish();
    });
    this.emit('response', response);
  }

  private redirect(statusCode: number, url: string, headers: NodeResponse['headers']): void {
    if (this.redirectMode === 'error') {
      this.fail(new Error("Attempted to redirect, but redirect policy was 'error'"));
      return;
    }
    let followed = this.redirectMode === 'follow';
    this.following = () => {
      followed = true;
    };
    this.emit('redirect', statusCode, this.method, url, headers);
    this.following = null;
    if (this.over) return;
    if (followed) this.start(url).catch((error: Error) => this.fail(error));
    else this.fail(new Error('Redirect was cancelled'));
  }

  private fail(error: Error): void {
    if (this.over) return;
    this.finish(error);
    this.emit('error', error);
  }
  private finish(error?: Error): void {
    this.over = true;
    this.running?.destroy();
    if (error !== undefined || !this.response?.writableEnded) this.response?.destroy(error);
    process.nextTick(() => this.emit('close'));
  }
}

function addressOf({ protocol = 'http:', host, hostname = 'localhost', port, path = '/' }: Options): string {
  if (path.includes(' ')) throw new TypeError('Request path contains unescaped characters');
  return `${protocol}//${host ?? (port === undefined ? hostname : `${hostname}:${port}`)}${path}`;
}

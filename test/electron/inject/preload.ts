import type { makeCrossing } from './crossing.ts';
import type { Wire } from './wire.ts';

export interface PreloadSettings {
  /** The binding that carries text to main. */
  readonly binding: string;
  /** The global by which main delivers text to this world. */
  readonly inbox: string;
  /** The global by which main gets a file of this world, and how the names of files begin. */
  readonly file: string;
  readonly process: Record<string, unknown>;
}

/**
 * What a sandboxed preload finds around it: `require` with the few modules it may have, and a small `process`.
 * https://www.electronjs.org/docs/latest/tutorial/sandbox#preload-scripts
 *
 * Injected by its source: uses nothing from outside itself.
 */
export function makePreload(
  wire: Wire,
  crossing: (emptied: (value: object) => boolean) => ReturnType<typeof makeCrossing>,
  settings: PreloadSettings,
) {
  type Listener = (...args: unknown[]) => void;
  type Entry = { call: Listener; listener: Listener };

  class EventEmitter {
    readonly entries = new Map<string | symbol, Entry[]>();

    on(name: string | symbol, listener: Listener, call = listener, first = false): this {
      if (typeof listener !== 'function') throw new TypeError('The "listener" argument must be of type function.');
      const entries = this.entries.get(name) ?? [];
      const entry = { call, listener };
      this.entries.set(name, first ? [entry, ...entries] : [...entries, entry]);
      return this;
    }
    once(name: string | symbol, listener: Listener): this {
      const call: Listener = (...args) => {
        this.off(name, listener);
        Reflect.apply(listener, this, args);
      };
      return this.on(name, listener, call);
    }
    off(name: string | symbol, listener: Listener): this {
      const entries = this.entries.get(name) ?? [];
      const at = entries.findLastIndex((entry) => entry.listener === listener);
      if (at >= 0) this.entries.set(name, entries.toSpliced(at, 1));
      return this;
    }
    addListener(name: string | symbol, listener: Listener): this {
      return this.on(name, listener);
    }
    prependListener(name: string | symbol, listener: Listener): this {
      return this.on(name, listener, listener, true);
    }
    removeListener(name: string | symbol, listener: Listener): this {
      return this.off(name, listener);
    }
    removeAllListeners(name?: string | symbol): this {
      if (name === undefined) this.entries.clear();
      else this.entries.delete(name);
      return this;
    }
    emit(name: string | symbol, ...args: unknown[]): boolean {
      const entries = this.entries.get(name) ?? [];
      for (const { call } of entries) Reflect.apply(call, this, args);
      return entries.length > 0;
    }
    listeners(name: string | symbol): Listener[] {
      return (this.entries.get(name) ?? []).map((entry) => entry.listener);
    }
    listenerCount(name: string | symbol): number {
      return this.listeners(name).length;
    }
    eventNames(): (string | symbol)[] {
      return [...this.entries.keys()].filter((name) => this.listenerCount(name) > 0);
    }
    setMaxListeners(): this {
      return this;
    }
  }

  const globals = globalThis as unknown as Record<string, unknown>;
  const toMain = globals[settings.binding] as (text: string) => void;
  delete globals[settings.binding];

  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let asked = 0;

  // https://www.electronjs.org/docs/latest/api/ipc-renderer
  class IpcRenderer extends EventEmitter {
    send(channel: string, ...args: unknown[]): void {
      if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
      toMain(JSON.stringify({ kind: 'send', channel, args: wire.encode(args) }));
    }
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
      const text = wire.encode(args);
      asked += 1;
      const id = asked;
      const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
      toMain(JSON.stringify({ kind: 'invoke', id, channel, args: text }));
      return answer;
    }
    sendSync(): never {
      throw new Error('the stand-in does not implement ipcRenderer.sendSync');
    }
    postMessage(): never {
      throw new Error('the stand-in does not implement ipcRenderer.postMessage');
    }
  }
  const ipcRenderer = new IpcRenderer();

  Object.defineProperty(globals, settings.inbox, {
    value: (text: string): void => {
      const message = JSON.parse(text) as { id?: number; error?: string; channel?: string; value: string };
      if (message.channel !== undefined) {
        const event = { sender: ipcRenderer, ports: [] };
        ipcRenderer.emit(message.channel, event, ...(wire.decode(message.value) as unknown[]));
        return;
      }
      const call = waiting.get(message.id as number);
      waiting.delete(message.id as number);
      if (message.error === undefined) call?.resolve(wire.decode(message.value));
      else call?.reject(new Error(message.error));
    },
  });

  // Electron empties an ipcRenderer that is sent over the bridge:
  // https://www.electronjs.org/docs/latest/breaking-changes#behavior-changed-ipcrenderer-can-no-longer-be-sent-over-the-contextbridge
  const bridge = crossing((value) => value === ipcRenderer);
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown): void {
      if (typeof key !== 'string') throw new TypeError('The key of an exposed API must be a string');
      bridge.expose(key, api);
    },
    /** https://www.electronjs.org/docs/latest/api/context-bridge#contextbridgeexecuteinmainworldexecutionscript-experimental */
    executeInMainWorld({ func, args = [] }: { func: unknown; args?: unknown }): unknown {
      if (typeof func !== 'function') throw new TypeError("'func' must be a function");
      if (!Array.isArray(args)) throw new TypeError("'args' must be an array");
      return bridge.run(String(func), args);
    },
    exposeInIsolatedWorld(): never {
      throw new Error('the stand-in does not implement contextBridge.exposeInIsolatedWorld');
    },
  };

  /**
   * https://www.electronjs.org/docs/latest/api/web-utils#webutilsgetpathforfilefile
   *
   * Only Chromium knows the path, and only outside the page: what is answered here stands for it, and becomes it, or
   * empty for a file that is on no disk, when it is sent to main. No page can make one up: it does not know the name.
   */
  const files = new Map<string, File>();
  function getPathForFile(file: unknown): string {
    if (!(file instanceof File)) {
      throw new TypeError("Failed to execute 'getPathForFile': parameter 1 is not of type 'File'.");
    }
    const name = `${settings.file}${crypto.randomUUID()}`;
    files.set(name, file);
    return name;
  }
  Object.defineProperty(globals, settings.file, { value: (name: string): File | undefined => files.get(name) });

  const missing = (name: string): object =>
    new Proxy(
      {},
      {
        get: (_target, key) => {
          throw new Error(`the stand-in does not implement ${name}.${String(key)}`);
        },
      },
    );
  const electron = {
    contextBridge,
    ipcRenderer,
    crashReporter: missing('crashReporter'),
    nativeImage: missing('nativeImage'),
    webFrame: missing('webFrame'),
    webUtils: { getPathForFile },
  };
  const modules: Record<string, unknown> = {
    electron,
    'electron/common': electron,
    'electron/renderer': electron,
    events: Object.assign(EventEmitter, { EventEmitter }),
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    url: { URL, URLSearchParams },
  };

  return {
    process: settings.process,
    require(name: string): unknown {
      const bare = String(name).replace(/^node:(?=(events|timers|url)$)/, '');
      if (Object.hasOwn(modules, bare)) return modules[bare];
      throw new Error(`module not found: ${name}`);
    },
  };
}

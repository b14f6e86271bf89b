import { makeWire } from './inject/wire.ts';
import { strictEmitter } from './strict.ts';
import { trace } from './trace.ts';

const wire = makeWire();

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** https://www.electronjs.org/docs/latest/api/ipc-main */
class IpcMain extends strictEmitter('ipcMain') implements Pick<Electron.IpcMain, 'handle' | 'removeHandler'> {
  private readonly handlers = new Map<string, Handler>();

  handle(channel: string, listener: Handler): void {
    if (this.handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    if (typeof listener !== 'function')
      throw new Error(`Expected handler to be a function, but found ${typeof listener}`);
    this.handlers.set(channel, listener);
  }
  handleOnce(channel: string, listener: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return listener(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
  /** For the stand-in: answers a renderer's `invoke`. */
  async answer(channel: string, event: Electron.IpcMainInvokeEvent, args: unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...args);
  }
}

export const ipcMain = new IpcMain();

/** What arrives from the isolated world. */
interface FromRenderer {
  readonly kind: 'send' | 'invoke';
  readonly id?: number;
  readonly channel: string;
  readonly args: string;
}

/** Hands a renderer's message to ipcMain; `deliver` takes the answer back to the document that asked. */
export async function receive(
  text: string,
  sender: object,
  frame: { routingId: number; processId: number } | null,
  deliver: (text: string) => void,
): Promise<void> {
  const { kind, id, channel, args: encoded } = JSON.parse(text) as FromRenderer;
  const args = wire.decode(encoded) as unknown[];
  trace({ direction: 'renderer->main', channel, payload: args });
  const event = {
    type: 'frame',
    sender,
    senderFrame: frame,
    frameId: frame?.routingId ?? -1,
    processId: frame?.processId ?? -1,
    ports: [],
    preventDefault: () => undefined,
    defaultPrevented: false,
    reply: (replyChannel: string, ...values: unknown[]) => deliver(toRenderer(replyChannel, values)),
  } as unknown as Electron.IpcMainInvokeEvent;
  if (kind === 'send') {
    ipcMain.emit(channel, event, ...args);
    return;
  }
  try {
    const value = await ipcMain.answer(channel, event, args);
    const encodedValue = wire.encode(value);
    trace({ direction: 'main->renderer', channel, payload: value });
    deliver(JSON.stringify({ id, value: encodedValue }));
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    trace({ direction: 'main->renderer', channel, payload: { error: String(error) } });
    deliver(JSON.stringify({ id, error: `Error invoking remote method '${channel}': ${error}` }));
  }
}

/** A message of main's own, refused when structured clone would not carry it. */
export function toRenderer(channel: string, args: unknown[]): string {
  if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
  const value = wire.encode(args);
  trace({ direction: 'main->renderer', channel, payload: args });
  return JSON.stringify({ channel, value });
}

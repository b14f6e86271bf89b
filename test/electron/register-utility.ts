import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';

/**
 * Loaded before the module of a utility process: gives it `process.parentPort` and takes away what `fork` adds.
 * https://www.electronjs.org/docs/latest/api/parent-port
 */
class ParentPort extends EventEmitter implements Pick<Electron.ParentPort, 'postMessage'> {
  private readonly queue: unknown[] = [];
  private started = false;

  receive(data: unknown): void {
    if (this.started) this.emit('message', { data, ports: [] });
    else this.queue.push(data);
  }
  /** Messages are held until somebody listens. */
  start(): void {
    this.started = true;
    for (const data of this.queue.splice(0)) this.emit('message', { data, ports: [] });
  }
  pause(): void {
    this.started = false;
  }
  postMessage(message: unknown): void {
    send(message);
  }
}

const send = process.send?.bind(process) as (message: unknown) => void;
const port = new ParentPort();
port.on('newListener', (name) => {
  // The listener is added after this event.
  if (name === 'message' && port.listenerCount('message') === 0) queueMicrotask(() => port.start());
});
port.on('removeListener', (name) => {
  if (name === 'message' && port.listenerCount('message') === 0) port.pause();
});
process.on('message', (data) => port.receive(data));
// Main is gone, by whatever way: nothing is left to serve.
process.on('disconnect', () => process.exit(0));
delete (process as { send?: unknown }).send;
Object.defineProperties(process, {
  parentPort: { value: port },
  type: { value: 'utility' },
});

const electron = new URL('./electron-utility.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(utility|common))?$/.test(specifier)
      ? { url: electron, shortCircuit: true }
      : next(specifier, context),
});

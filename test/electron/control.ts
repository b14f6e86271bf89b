import { runInThisContext } from 'node:vm';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { chromium } from './chromium.ts';
import * as electron from './electron.ts';
import { openOrders } from './relaunch.ts';

export type Order = { id: number } & ({ kind: 'evaluate'; fn: string; arg: unknown } | { kind: 'window' });
export type Outcome = { id: number; value?: unknown; error?: string };

/** Does what the process that launched the app asks: launch.ts is the other end. */
async function perform(order: Order): Promise<unknown> {
  if (order.kind === 'window') {
    const first = BrowserWindow.getAllWindows()[0] ?? (await nextWindow());
    const { id } = await first.webContents.attached;
    return { target: id, endpoint: await (await chromium()).endpoint };
  }
  const fn = runInThisContext(`(${order.fn})`) as (module: unknown, arg: unknown) => unknown;
  return fn(electron, order.arg);
}

const nextWindow = (): Promise<BrowserWindow> =>
  new Promise((resolve) =>
    app.once('browser-window-created', (_event: unknown, window: BrowserWindow) => resolve(window)),
  );

if (process.send) {
  const answer = (outcome: Outcome): void => {
    openOrders.delete(outcome.id);
    try {
      process.send?.(outcome);
    } catch (error) {
      process.send?.({ id: outcome.id, error: String(error) });
    }
  };
  process.on('message', (order: Order) => {
    openOrders.set(order.id, order);
    perform(order).then(
      (value) => answer({ id: order.id, value }),
      (error) => answer({ id: order.id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  // Orders alone do not keep a main going that will never be ready: Node says so, and ends.
  process.channel?.unref();
  // Whoever launched the app is gone.
  process.on('disconnect', () => app.exit(1));
}

import { spawn } from 'node:child_process';
import { ownSettings } from './own-settings.ts';

/** The orders that the launcher has given and that have no answer yet; control.ts keeps them. */
export const openOrders = new Map<number, object>();

let wanted: Electron.RelaunchOptions | null = null;

/** https://www.electronjs.org/docs/latest/api/app#apprelaunchoptions */
export function relaunch(options: Electron.RelaunchOptions = {}): void {
  wanted = options;
}

/**
 * Starts the app anew, if it has asked for that. Electron's process ends then; this one stays between the new one and
 * whoever launched it, and passes on what each says. Answers whether it does.
 */
export function goOnAnew(): boolean {
  if (wanted === null) return false;
  const { args = process.argv.slice(1), execPath = process.execPath } = wanted;
  const child = spawn(execPath, [...process.execArgv, ...args], {
    env: { ...process.env, ...ownSettings },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  process.removeAllListeners('message').removeAllListeners('disconnect');
  if (process.send) {
    for (const order of openOrders.values()) child.send(order);
    process.on('message', (order: object) => child.connected && child.send(order));
    process.on('disconnect', () => child.kill('SIGKILL'));
    child.on('message', (outcome) => process.send?.(outcome));
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.removeAllListeners(signal).on(signal, () => child.kill(signal));
  }
  child.once('exit', (code) => process.exit(code ?? 1));
  return true;
}

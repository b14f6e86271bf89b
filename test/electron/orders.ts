import type { ChildProcess } from 'node:child_process';
import type { Order, Outcome } from './control.ts';
import type { RunningApp } from './launch.ts';

type Ask = Order extends infer O ? (O extends Order ? Omit<O, 'id'> : never) : never;

/** Sends orders to the stand-in's control.ts; those without an answer fail when the app ends. */
export function orders(child: ChildProcess, exited: RunningApp['exited'], output: () => string) {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  child.on('message', ({ id, value, error }: Outcome) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(error));
  });
  exited.then(({ code, signal }) => {
    const error = new Error(`the app has ended (${signal ?? code})\n${output()}`);
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  });
  return (ask: Ask): Promise<unknown> =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      child.send({ ...ask, id: asked }, (error) => {
        // An app that has ended answers through `exited`, with its output.
        if (error && child.exitCode === null && child.signalCode === null && child.connected) reject(error);
      });
    });
}

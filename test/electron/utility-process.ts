import { type ChildProcess, fork as forkChild, type IOType } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Readable } from 'node:stream';
import { preventable } from './events.ts';
import { makeWire } from './inject/wire.ts';
import { refuseBeforeReady } from './lifecycle.ts';
import { strictEmitter } from './strict.ts';

const running = new Set<ChildProcess>();
const { clone } = makeWire();
const hook = join(import.meta.dirname, 'register-utility.ts');

/** Set by the module: tells the app that a child ended on its own. */
export const utilityEvents = { gone: (_event: object, _details: object): void => undefined };

/**
 * A utility process is a child process of Node here, not one of Chromium's.
 * https://www.electronjs.org/docs/latest/api/utility-process
 */
class UtilityProcess
  extends strictEmitter('utilityProcess')
  implements Pick<Electron.UtilityProcess, 'kill' | 'postMessage' | 'pid' | 'stdout' | 'stderr'>
{
  pid: number | undefined;
  stdout: Readable | null;
  stderr: Readable | null;
  private readonly child: ChildProcess;
  private killed = false;

  constructor(modulePath: string, args: readonly string[], options: Electron.ForkOptions) {
    super();
    const { serviceName = 'Node Utility Process', stdio = 'inherit', cwd, env, execArgv = [] } = options;
    const [, out, err] = (Array.isArray(stdio) ? stdio : ['ignore', stdio, stdio]) as IOType[];
    this.child = forkChild(modulePath, [...args], {
      execPath: process.execPath,
      execArgv: ['--import', hook, ...execArgv],
      ...(cwd === undefined ? {} : { cwd }),
      env: (env as NodeJS.ProcessEnv | undefined) ?? process.env,
      serialization: 'advanced',
      stdio: ['ignore', out ?? 'inherit', err ?? 'inherit', 'ipc'],
    });
    const { child } = this;
    running.add(child);
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    child.once('spawn', () => {
      this.pid = child.pid;
      this.emit('spawn');
    });
    child.on('message', (message) => this.emit('message', message));
    child.once('error', (error) => this.emit('error', 'FatalError', 'spawn', error.message));
    child.once('exit', (code, signal) => {
      running.delete(child);
      this.pid = undefined;
      // V8 aborts after a fatal error; as in Electron, an app that does not listen has an exception for it.
      if (signal === 'SIGABRT') this.emit('error', 'FatalError', 'unknown', '{}');
      // https://www.electronjs.org/docs/latest/api/app#event-child-process-gone
      if (!this.killed && code !== 0) {
        const reason = signal ? (signal === 'SIGKILL' ? 'killed' : 'crashed') : 'abnormal-exit';
        const details = {
          type: 'Utility',
          reason,
          exitCode: code ?? 0,
          serviceName: 'node.mojom.NodeService',
          name: serviceName,
        };
        utilityEvents.gone(preventable({}), details);
      }
      this.emit('exit', code ?? 0);
    });
  }
  kill(): boolean {
    this.killed = true;
    return this.child.exitCode === null && this.child.kill('SIGTERM');
  }
  /** https://www.electronjs.org/docs/latest/api/utility-process#childpostmessagemessage-transfer */
  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('the stand-in cannot transfer message ports to a utility process');
    if (message === undefined) throw new TypeError('a message is required');
    const copy = clone(message);
    if (this.child.connected) this.child.send(copy as object, () => undefined);
  }
}

/** https://www.electronjs.org/docs/latest/api/utility-process#utilityprocessforkmodulepath-args-options */
export function fork(
  modulePath: string,
  args: readonly string[] = [],
  options: Electron.ForkOptions = {},
): UtilityProcess {
  refuseBeforeReady('utilityProcess cannot be created before app is ready.');
  if (typeof modulePath !== 'string' || !isAbsolute(modulePath)) {
    throw new Error(`Path to a utility process has to be absolute: ${modulePath}`);
  }
  if (!existsSync(modulePath)) throw new Error(`no such module for a utility process: ${modulePath}`);
  return new UtilityProcess(modulePath, args, options);
}

/** A utility process does not outlive main. */
export function endUtilities(): void {
  for (const child of running) child.kill('SIGKILL');
}

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A D-Bus session of a test's own: nothing of the system's is started on it. */
export interface PrivateBus extends AsyncDisposable {
  readonly env: NodeJS.ProcessEnv;
  /** How often the system's prompt was asked for. */
  prompts(): number;
  /** Resolves when a prompt is up. */
  prompted(): Promise<void>;
  /** Takes the prompts away, as a person does who closes them. */
  dismissPrompts(): void;
  /** Stores an entry as keytar does, in the default keyring. */
  store(service: string, account: string, value: string): Promise<void>;
  /** Calls a method and answers what came back, as `dbus-send` prints it. */
  call(destination: string, path: string, method: string, ...args: string[]): Promise<string>;
}

/** `prompter`: whether there is something on this session that could show a prompt; nobody ever sees it. */
export async function openPrivateBus(folder: string, options: { prompter: boolean }): Promise<PrivateBus> {
  const services = join(folder, 'services');
  mkdirSync(services);
  const open = new Set<Socket>();
  let prompts = 0;
  let waiting: (() => void)[] = [];
  const watcher = createServer((socket) => {
    prompts += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  if (options.prompter) {
    const path = join(folder, 'prompter');
    await once(watcher.listen(path), 'listening');
    writeFileSync(
      join(services, 'org.gnome.keyring.SystemPrompter.service'),
      `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=${process.execPath} ${join(import.meta.dirname, 'prompter.ts')} ${path}\n`,
    );
  }
  const configuration = join(folder, 'bus.conf');
  writeFileSync(
    configuration,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${join(folder, 'bus')}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>${services}</servicedir>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
`,
  );
  const daemon = spawn('dbus-daemon', [`--config-file=${configuration}`, '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = await once(createInterface(daemon.stdout), 'line');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DBUS_SESSION_BUS_ADDRESS: String(address),
    XDG_RUNTIME_DIR: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CACHE_HOME: join(folder, 'cache'),
  };

  return {
    env,
    prompts: () => prompts,
    prompted: () => (open.size > 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    dismissPrompts() {
      for (const socket of open) socket.destroy();
      open.clear();
    },
    async store(service, account, value) {
      // The schema is one of the attributes that keytar looks for.
      const attributes = ['service', service, 'account', account, 'xdg:schema', 'org.freedesktop.Secret.Generic'];
      const storing = run('secret-tool', ['store', '--label=Mooring', ...attributes], { env });
      storing.child.stdin?.end(value);
      await storing;
    },
    async call(destination, path, method, ...args) {
      const { stdout } = await run(
        'dbus-send',
        ['--session', '--print-reply=literal', `--dest=${destination}`, path, method, ...args],
        { env },
      );
      return stdout.trim();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      watcher.close();
      await end(daemon);
    },
  };
}

/** Ends a process and waits until it has. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

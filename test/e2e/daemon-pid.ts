import { execFileSync } from 'node:child_process';
import { family } from '../electron/children.ts';
import type { RunningApp } from '../electron/launch.ts';

/** The daemon's process id: Electron knows it by its service's name, the stand-in's child runs the script itself. */
export async function daemonPid(app: RunningApp): Promise<number | null> {
  if (app.host === 'electron') {
    return app.evaluate(
      ({ app: main }) => main.getAppMetrics().find(({ name }) => name === 'Mooring sync')?.pid ?? null,
    );
  }
  const lines = execFileSync('ps', ['-ww', '-o', 'pid=,args=', '-p', family(app.process.pid!).join(',')], {
    encoding: 'utf8',
  });
  const line = lines.split('\n').find((text) => text.includes('daemon.js'));
  return line === undefined ? null : Number.parseInt(line, 10);
}

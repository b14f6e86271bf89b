import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { launchApp, type RunningApp } from './launch.ts';

export const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name);

/** A folder that goes with the test. */
export function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), 'stand-in-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Launches a fixture with data of its own, and ends it with the test. */
export async function start(
  name: string,
  {
    config = temporary(),
    env = {},
    args = [],
  }: { config?: string; env?: Record<string, string>; args?: string[] } = {},
): Promise<RunningApp> {
  const app = await launchApp({ appPath: fixture(name), env: { XDG_CONFIG_HOME: config, ...env }, args });
  onTestFinished(() => app.kill());
  return app;
}

/** The entries a fixture noted in its main. */
export const noted = (app: RunningApp): Promise<string[]> =>
  app.evaluate(() => [...(globalThis as unknown as { log: string[] }).log]);

/** Waits in main until the fixture has noted this. */
export const untilNoted = (app: RunningApp, entry: string): Promise<void> =>
  app.evaluate(
    (_electron, wanted) =>
      new Promise<void>((resolve) => {
        const { log } = globalThis as unknown as { log: string[] };
        const look = () => (log.includes(wanted) ? resolve() : setTimeout(look, 5));
        look();
      }),
    entry,
  );

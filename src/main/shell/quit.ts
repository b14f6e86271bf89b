import { app, powerMonitor } from 'electron';
import type { Clock } from '../../contract/clock.ts';

const limit = 2_000;

/** The one way out of the program. */
export interface Quit {
  /** Begins to end the program; `last`, if given, is done in place of the plain end. */
  begin(last?: () => void): void;
  /** Whether the end has begun, and windows may go. */
  isUnderWay(): boolean;
}

/**
 * Ends the program within two seconds, whoever asks for it: what is under way is finished or dropped whole by `end`; what
 * takes longer is cut off, and taken up again at the next start. `stuck` says that Node cannot exit by itself.
 */
export function prepareQuit(options: { clock: Clock; end: () => Promise<void>; stuck: () => boolean }): Quit {
  const { clock, end, stuck } = options;
  let underWay = false;
  let over = false;
  let finish: (() => void) | null = null;

  async function run(): Promise<void> {
    const late = Promise.withResolvers<'late'>();
    const cancel = clock.after(limit, () => late.resolve('late'));
    const outcome = await Promise.race([
      end().then(
        () => 'ended' as const,
        () => 'ended' as const,
      ),
      late.promise,
    ]);
    cancel();
    // Node waits for a keychain call that waits behind the system's prompt, for as long as nobody answers it.
    if (stuck()) process.kill(process.pid, 'SIGKILL');
    // Who asked for something in place of the plain end gets it, late or not.
    else if (outcome === 'late' && finish === null) app.exit(0);
    else {
      over = true;
      (finish ?? (() => app.quit()))();
    }
  }

  // A system that shuts down takes a program that holds on for one that refuses, and on macOS stops for it. Whatever is cut
  // off here is taken up again at the next start, as after a crash.
  powerMonitor.on('shutdown', () => {
    over = true;
  });
  app.on('before-quit', (event) => {
    if (over) {
      if (!underWay) void end();
      underWay = true;
      return;
    }
    event.preventDefault();
    // Asked twice, it does not end sooner.
    if (!underWay) void run();
    underWay = true;
  });
  // The tray goes on without windows.
  app.on('window-all-closed', () => {});

  return {
    begin(last) {
      if (last !== undefined) finish = last;
      app.quit();
    },
    isUnderWay: () => underWay,
  };
}

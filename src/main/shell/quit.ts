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
 * takes longer is cut off, and taken up again at the next start.
 */
export function prepareQuit(options: { clock: Clock; end: () => Promise<void> }): Quit {
  const { clock, end } = options;
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
    // Who asked for something in place of the plain end gets it, late or not.
    if (outcome === 'late' && finish === null) app.exit(0);
    else {
      over = true;
      (finish ?? (() => app.quit()))();
    }
  }

  // To a system that shuts down, a program that puts off its end is one that refuses, and macOS stops shutting down. What
  // is cut off here is taken up again at the next start, as after a crash.
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
    // Asked a second time, it goes on with the end that has begun.
    if (!underWay) void run();
    underWay = true;
  });
  // Without a listener Electron quits here; the tray stays when the last window is closed.
  app.on('window-all-closed', () => {});

  return {
    begin(last) {
      if (last !== undefined) finish = last;
      app.quit();
    },
    isUnderWay: () => underWay,
  };
}

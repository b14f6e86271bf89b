import type { Clock } from '../../contract/clock.ts';

/** Opens pages in the system's browser, one at a time. */
export interface PacedOpening {
  /**
   * Opens the address that is asked for when it is time; null by then opens nothing. Rejects when the browser cannot be
   * opened. Who asks while another waits takes its place, and both are answered together.
   */
  open(address: () => string | null): Promise<void>;
  /** The browser has answered: the next page may come at once. */
  answered(): void;
}

/** Between two pages of which the first was not answered. A page that has been taken over cannot fill the screen. */
const pause = 3_000;

export function paceOpenings(clock: Clock, openUrl: (url: string) => Promise<void>): PacedOpening {
  let openedAt: number | null = null;
  let waiting: { address: () => string | null; readonly done: Promise<void> } | null = null;
  let last: Promise<void> = Promise.resolve();

  async function begin(): Promise<void> {
    const left = openedAt === null ? 0 : pause - (clock.elapsed() - openedAt);
    if (left > 0) await new Promise<void>((resolve) => clock.after(left, resolve));
    const url = waiting?.address() ?? null;
    waiting = null;
    if (url === null) return;
    openedAt = clock.elapsed();
    last = openUrl(url);
    await last;
  }

  return {
    open(address) {
      if (waiting === null) {
        waiting = { address, done: last.catch(() => {}).then(begin) };
      } else {
        waiting.address = address;
      }
      return waiting.done;
    },
    answered() {
      openedAt = null;
    },
  };
}

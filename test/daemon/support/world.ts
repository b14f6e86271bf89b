import { onTestFinished } from 'vitest';
import { type GoogleControl, type GoogleDouble, startGoogle } from '../../google/index.ts';
import { type Keyring, keyring, type Pair, startPair } from './main.ts';
import { mirrored, truth } from './truth.ts';

/** A Google with one person's calendars, and that person's keys. */
export interface World {
  readonly google: GoogleDouble;
  readonly control: GoogleControl;
  readonly sub: string;
  /** The primary calendar. */
  readonly primary: string;
  readonly keys: Keyring;
  /** A daemon with a mirror of its own, or one on the mirror of another. */
  start(on?: Partial<Pick<Pair, 'path' | 'clock'>>): Pair;
  /** A daemon that has mirrored everything. */
  synced(): Promise<Pair>;
  /** What the mirror holds, and what it should hold. */
  compare(pair: Pair): { mirror: unknown; google: unknown };
}

export async function newWorld(size: { events?: number; calendars?: number } = {}): Promise<World> {
  const { events = 40, calendars = 3 } = size;
  const google = await startGoogle({ events: 1, now: () => Date.parse('2026-11-02T09:00:00Z') });
  onTestFinished(() => google.close());
  const { control } = google;
  const sub = control.people()[0]!.sub;
  control.emptyPages(false);
  control.seedCalendars(sub, { calendars, events, seed: 7 });
  const keys = await keyring(google, sub);
  const world: World = {
    google,
    control,
    sub,
    primary: control.people()[0]!.email,
    keys,
    start: (on = {}) => startPair({ apiRoot: google.apiRoot, keys, ...on }),
    async synced() {
      const pair = world.start();
      await pair.ask('attach', { accountId: sub });
      await pair.ask('syncNow', null);
      control.clearRequests();
      return pair;
    },
    compare: (pair) => ({ mirror: mirrored(pair.path, sub), google: truth(google, sub) }),
  };
  return world;
}

/** Holds the nth request for events from now on, letting those before it pass. */
export async function holdNth(control: GoogleControl, n: number): Promise<{ release(): void }> {
  let held = control.hold('events');
  await held.arrived;
  for (let passed = 1; passed < n; passed++) {
    // The next one is held before this one is let go, so that none slips through.
    const next = control.hold('events');
    held.release();
    await next.arrived;
    held = next;
  }
  return held;
}

import { onTestFinished } from 'vitest';
import { type GoogleControl, type GoogleDouble, startGoogle } from '../../google/index.ts';
import { type Keyring, keyring, type Pair, startPair } from './main.ts';
import { mirrored, truth } from './truth.ts';

/** Somebody who has calendars at Google and has signed in here. */
export interface Owner {
  readonly sub: string;
  /** The primary calendar. */
  readonly primary: string;
  readonly keys: Keyring;
}

/** A Google with one person's calendars, and that person's keys. */
export interface World {
  readonly google: GoogleDouble;
  readonly control: GoogleControl;
  readonly sub: string;
  /** The primary calendar. */
  readonly primary: string;
  readonly keys: Keyring;
  /** One more person, with calendars of their own. */
  invite(size?: Size): Promise<Owner>;
  /** A daemon with a mirror of its own, or one on the mirror of another. */
  start(on?: Partial<Pick<Pair, 'path' | 'clock'>>): Pair;
  /** A daemon that has mirrored everything. */
  synced(): Promise<Pair>;
  /** What the mirror holds of a person, and what it should hold. */
  compare(pair: Pair, accountId?: string): { mirror: unknown; google: unknown };
}

type Size = { events?: number; calendars?: number };

export async function newWorld(size: Size = {}): Promise<World> {
  const google = await startGoogle({ events: 1, now: () => Date.parse('2026-11-02T09:00:00Z') });
  onTestFinished(() => google.close());
  const { control } = google;
  control.emptyPages(false);
  const keys = new Map<string, Keyring>();

  async function invite({ events = 40, calendars = 3 }: Size = {}): Promise<Owner> {
    const { sub, email } = control.people()[keys.size]!;
    control.seedCalendars(sub, { calendars, events, seed: 7 + keys.size });
    const owner = { sub, primary: email, keys: await keyring(google, sub) };
    keys.set(sub, owner.keys);
    return owner;
  }

  const first = await invite(size);
  const { sub } = first;
  const world: World = {
    google,
    control,
    ...first,
    invite,
    start: (on = {}) => startPair({ apiRoot: google.apiRoot, accountId: sub, keys, ...on }),
    async synced() {
      const pair = world.start();
      await pair.attach();
      await pair.sync();
      control.clearRequests();
      return pair;
    },
    compare: (pair, accountId = sub) => ({ mirror: mirrored(pair.path, accountId), google: truth(google, accountId) }),
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

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { seedCalendars, seedClient } from '../calendar/seed.ts';
import { makeSigningKey } from './id-token.ts';
import type { Accounts, Calendars, State } from './model.ts';
import { seedPeople } from './people.ts';

/** Grants and the signing key are in the named file, calendars in one beside it: they are large and change seldom. */
export interface Store {
  changed(part: keyof State): void;
  flush(): void;
}

const SAVE_AFTER = 100;

/** Saves what changed soon after it did, and at the end; each file is replaced as a whole. */
export function makeStore(file: string | undefined, state: State): Store {
  const dirty = new Set<keyof State>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const part of dirty) if (file) replaceFile(pathOf(file, part), JSON.stringify(state[part]));
    dirty.clear();
  }

  return {
    changed(part) {
      if (!file) return;
      dirty.add(part);
      timer ??= setTimeout(flush, SAVE_AFTER);
    },
    flush,
  };
}

/** What an earlier double saved, or a new state made from the seed. */
export async function loadState(
  options: { state?: string; seed: number; events: number },
  now: () => number,
): Promise<State> {
  const { state: file, seed, events } = options;
  if (file && existsSync(file) && existsSync(pathOf(file, 'calendars'))) {
    return {
      accounts: read(pathOf(file, 'accounts')) as Accounts,
      calendars: read(pathOf(file, 'calendars')) as Calendars,
    };
  }
  const client = seedClient(seed);
  const accounts: Accounts = {
    clockOffset: 0,
    client,
    people: seedPeople(seed),
    grants: {},
    codes: [],
    accessTokens: [],
    refreshTokens: [],
    secrets: [client.secret],
    signingKey: await makeSigningKey(),
    sealKey: randomBytes(32).toString('base64url'),
  };
  const calendars: Calendars = {
    version: 0,
    bySub: {},
    syncEpoch: {},
    emptyPages: 'large calendars',
    exceptionsFollowMaster: true,
  };
  accounts.people.forEach((person, index) => {
    const size = index === 0 ? { calendars: 3, events } : { calendars: 2, events: 20 };
    seedCalendars(calendars, person, { ...size, seed }, now());
  });
  return { accounts, calendars };
}

function pathOf(file: string, part: keyof State): string {
  return part === 'accounts' ? file : `${file}.calendars`;
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function replaceFile(path: string, text: string): void {
  const written = `${path}.${process.pid}.new`;
  writeFileSync(written, text, { mode: 0o600 });
  renameSync(written, path);
}

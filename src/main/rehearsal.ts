import { existsSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { RehearsalFailure } from '../contract/rehearsal.ts';
import type { Fetch } from '../http/outgoing.ts';
import type { Keychain } from './keychain/keychain.ts';
import type { ControlSide } from './setup/config.ts';

/** Brings a failure about on purpose, and makes sure that it is met soon. */
export type Rehearsal = (accountId: string, failure: RehearsalFailure) => Promise<void>;

/** The keychain, with a lock that a rehearsal can turn. */
export function makeLockable(keychain: Keychain): { keychain: Keychain; lock(locked: boolean): void } {
  let locked = false;
  const guarded = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A) => (locked ? ({ kind: 'locked' } as const) : call(...args));
  };
  return {
    keychain: {
      read: guarded(keychain.read),
      write: guarded(keychain.write),
      remove: guarded(keychain.remove),
    },
    lock: (now) => {
      locked = now;
    },
  };
}

const clockShift = 600_000;

/**
 * The failures of the credential lab. Only ever opened against the double: it ruins what is on this computer, and asks the
 * double's control side for the rest.
 */
export function openRehearsal(options: {
  fetch: Fetch;
  control: ControlSide;
  /** The keychain itself, past the rehearsal's lock. */
  keychain: Keychain;
  lock: (locked: boolean) => void;
  clientSecret: string;
  /** The scopes that a person who takes a permission back takes back. */
  scopes: readonly string[];
  databasePath: string;
  restartDaemon: () => void;
  syncNow: (accountId: string) => void;
}): Rehearsal {
  const { fetch, control, keychain, lock, clientSecret, scopes, databasePath, restartDaemon, syncNow } = options;
  let shifted = 0;

  async function ask(name: string, ...args: unknown[]): Promise<void> {
    const answer = await fetch(`${control.url}/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${control.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
    if (!answer.ok) throw new Error(`The double refused “${name}” with ${answer.status}. Nothing was changed.`);
    await answer.body?.cancel();
  }

  async function breakAll(fault: object): Promise<void> {
    await ask('breakEndpoint', 'token', fault);
    await ask('breakServices', fault);
  }

  /** Every list: one that is refused alone is that list's trouble. */
  const refuse = (reason: string) => ask('breakServices', { kind: 'status', status: 403, reason });

  async function rewriteEntry(accountId: string, change: (entry: Record<string, unknown>) => string): Promise<void> {
    const name = `account:${accountId}`;
    const read = await keychain.read(name);
    if (read.kind !== 'ok') throw new Error(`The keychain entry could not be read: ${read.kind}. Nothing was changed.`);
    const entry = z.record(z.string(), z.unknown()).catch({}).parse(parseJson(read.value));
    await keychain.write(name, change(entry));
  }

  async function repair(accountId: string): Promise<void> {
    lock(false);
    await ask('repair');
    await ask('deleteClient', false);
    await ask('blockByAdmin', accountId, false);
    await ask('setClientSecret', clientSecret);
    await ask('setTimeLimit', accountId, null);
    if (shifted !== 0) await ask('moveClock', -shifted);
    shifted = 0;
  }

  async function bringAbout(accountId: string, failure: RehearsalFailure): Promise<void> {
    switch (failure) {
      case 'keychain-entry-deleted':
        await keychain.remove(`account:${accountId}`);
        return;
      case 'keychain-entry-garbled':
        return rewriteEntry(accountId, () => '{"version":2,"accountId":');
      case 'keychain-entry-swapped':
        return rewriteEntry(accountId, (entry) => JSON.stringify({ ...entry, accountId: '100000000000000000000' }));
      case 'key-lost':
        return rewriteEntry(accountId, (entry) => JSON.stringify({ ...entry, dpopKey: null }));
      case 'keychain-locked':
        return lock(true);
      case 'database-damaged':
        damageDatabase(databasePath);
        return restartDaemon();
      case 'grant-revoked':
        return ask('revokeGrant', accountId);
      case 'access-token-expired':
        return;
      case 'testing-week-over':
        return ask('expireRefreshTokens', accountId, 'testing-7-days');
      case 'idle-six-months':
        return ask('expireRefreshTokens', accountId, 'idle-6-months');
      case 'session-ended':
        return ask('expireRefreshTokens', accountId, 'invalid_rapt');
      case 'time-limit':
        return ask('setTimeLimit', accountId, 20 * 3_600);
      case 'permission-removed':
        for (const scope of scopes) await ask('removeScope', accountId, scope);
        return;
      case 'no-refresh-token':
        return ask('withholdRefreshTokenOnce');
      case 'blocked-by-admin':
        return ask('blockByAdmin', accountId, true);
      case 'client-deleted':
        return ask('deleteClient', true);
      case 'client-secret-wrong':
        return ask('setClientSecret', 'GOCSPX-rehearsal');
      case 'clock-off':
        shifted += clockShift;
        return ask('moveClock', clockShift);
      case 'google-down':
        return breakAll({ kind: 'status', status: 503 });
      case 'rate-limited':
        return ask('breakServices', { kind: 'status', status: 429, reason: 'rateLimitExceeded', retryAfter: 5 });
      case 'api-disabled':
        return refuse('accessNotConfigured');
      case 'service-blocked':
        return refuse('domainPolicy');
      case 'quota-used-up':
        return refuse('quotaExceeded');
      case 'unknown-refusal':
        return refuse('somethingNobodyKnows');
      case 'captive-portal':
        return breakAll({ kind: 'html' });
      case 'connection-dropped':
        return breakAll({ kind: 'drop' });
      case 'repair-everything':
        return repair(accountId);
      default:
        return failure satisfies never;
    }
  }

  return async (accountId, failure) => {
    await bringAbout(accountId, failure);
    // A fresh access token would hide the failure for an hour.
    if (failure !== 'time-limit' && failure !== 'no-refresh-token') await ask('expireAccessTokens', accountId);
    syncNow(accountId);
  };
}

/** Overwrites the head of the database, and of the log that SQLite would mend it from. */
function damageDatabase(databasePath: string): void {
  for (const path of [`${databasePath}-wal`, databasePath]) {
    if (existsSync(path)) writeFileSync(path, Buffer.alloc(8_192, 'ruined '), { flag: 'r+' });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

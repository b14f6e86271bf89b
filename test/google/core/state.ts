import { randomBytes } from 'node:crypto';
import { makeSigningKey } from './id-token.ts';
import type { Accounts, Client, State } from './model.ts';
import type { Parts, SeedOptions } from './part.ts';
import { seedPeople } from './people.ts';
import { characters, seeded } from './random.ts';
import { readSaved } from './store.ts';

/** What an earlier double saved, and what it did not, made from the seed. */
export async function loadState(
  file: string | undefined,
  parts: Parts,
  options: SeedOptions,
  now: () => number,
): Promise<State> {
  const known = readSaved(file, 'accounts') as Accounts | undefined;
  const accounts = known ?? (await newAccounts(options.seed));
  const stateOf = ([name, part]: [string, Parts[string]]) => {
    // What is saved of a part belongs to the people whose accounts are saved.
    const saved = known && readSaved(file, name);
    return [name, saved ?? part.seed(accounts.people, options, now() + accounts.clockOffset)];
  };
  return { accounts, parts: Object.fromEntries(Object.entries(parts).map(stateOf)) };
}

async function newAccounts(seed: number): Promise<Accounts> {
  const client = seedClient(seed);
  return {
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
}

/** A client id and secret of the shapes Google gives; a function of the seed, so that a restart keeps them. */
function seedClient(seed: number): Client {
  const random = seeded(seed, 'client');
  const lower = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const project = characters(random, 12, '123456789');
  return {
    id: `${project}-${characters(random, 32, lower)}.apps.googleusercontent.com`,
    secret: `GOCSPX-${characters(random, 28, `${lower}ABCDEFGHIJKLMNOPQRSTUVWXYZ`)}`,
    name: 'Mooring',
    publishing: 'production',
    deleted: false,
    internalTo: null,
  };
}

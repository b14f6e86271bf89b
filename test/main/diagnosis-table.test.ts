import { afterAll, beforeAll, expect, test } from 'vitest';
import { Connection } from '../../src/contract/connection.ts';
import { Standing } from '../../src/contract/standing.ts';
import { rows } from './diagnosis-rows.ts';
import { meet, startWorld, type World } from './diagnosis-world.ts';

/** The only failures that prove a grant dead, named apart from the table so that an error there shows. */
const provenDead = [
  'refresh: grant revoked',
  'refresh: six months unused',
  'refresh: seven days of testing',
  'refresh: described as “Bad Request”',
  'refresh: invalid_rapt',
  'refresh: rapt_required',
  'refresh: an unknown subtype',
  'refresh: a subtype that is ours alone',
  'refresh: proof refused, clock right',
  'keychain: the entry is gone',
];

const named = rows.map((row) => [`${row.at}: ${row.what}`, row] as const);
const matrix: Record<string, string>[] = [];
let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  console.table(matrix);
  await world[Symbol.asyncDispose]();
});

test('every row has a name of its own', () => {
  expect(new Set(named.map(([name]) => name)).size).toBe(rows.length);
  for (const name of provenDead) expect(named.map(([each]) => each)).toContain(name);
});

test.each(named)('%s', async (name, row) => {
  const before = await world.entries();
  const { bring, expected, after, outcome } = row;
  const undo = await bring(world);
  try {
    const { connection, outcome: ending } = await meet[row.at](world, row.what);
    const { kind, reason, action } = Connection.or(Standing).parse(connection);
    matrix.push({ failure: name, kind, reason, action, ...(ending !== null && { outcome: ending }) });

    expect(`${kind} ${reason} ${action}`).toBe(expected);
    expect(kind === 'needs-reconnect').toBe(provenDead.includes(name));
    const wait = 'retryAt' in connection ? connection.retryAt : null;
    expect(wait).toBe(after === undefined ? null : world.core.clock.now() + after * 1000);
    if (outcome !== undefined) expect(ending).toBe(outcome);
    // A sign-in that failed says nothing of the grant that is held.
    if (row.at === 'code-exchange' || row.at === 'authorization') {
      expect(ending).not.toBeNull();
      expect(world.core.state().connection).toMatchObject({ kind: 'connected', reason: 'working' });
    }
    // No failure takes away what is stored: only a new consent replaces it.
    expect(await world.entries()).toEqual(before);
  } finally {
    if (typeof undo === 'function') undo();
    else await undo?.[Symbol.asyncDispose]();
    await world.mend();
  }
  expect(world.core.state().connection).toMatchObject({ kind: 'connected', reason: 'working' });
});

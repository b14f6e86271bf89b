import { describe, expect, test } from 'vitest';
import { readAttention } from '../../src/main/background/attention.ts';
import { account, connections, diskFull, stateOf } from './views.ts';

const needed = (...views: Parameters<typeof stateOf>[0]) => readAttention(stateOf(views)).needed;
const unclear = (...views: Parameters<typeof stateOf>[0]) => readAttention(stateOf(views)).unclear;

describe('what needs a person', () => {
  test('each cause names its account, says why, and leads to its page', () => {
    const cases = [
      ['reconnect-needed/ada', account('ada', { connection: 'needs-reconnect' }), 'Reconnect ada@example.org'],
      [
        'permission-missing/ada/calendar',
        account('ada', { standing: 'needs-permission' }),
        'A permission is missing for ada@example.org',
      ],
      ['keychain-trouble', account('ada', { connection: 'keychain-unavailable' }), 'The keychain cannot be used: ada'],
      ['disk-full', account('ada', { sync: { failure: diskFull } }), 'The disk is full: ada@example.org'],
      [
        'access-ends-soon/ada',
        account('ada', { warning: { code: 'access-ends-soon', sentence: 'In 3 hours.' } }),
        'Access to ada@example.org ends soon',
      ],
      [
        'copy-will-be-erased/ada',
        account('ada', { warning: { code: 'copy-will-be-erased', sentence: 'In a day.' } }),
        'The copy of ada@example.org will be erased',
      ],
    ] as const;
    for (const [key, view, title] of cases) {
      const causes = needed(account('grace'), view);
      expect(causes).toHaveLength(1);
      expect(causes[0]).toMatchObject({ key, accountId: 'ada' });
      expect(causes[0]!.title).toContain(title);
      expect(causes[0]!.body).not.toBe('');
    }
  });

  test('nothing else does: no network, a block by the organisation, a sync that runs', () => {
    const calm = (Object.keys(connections) as (keyof typeof connections)[]).filter(
      (kind) => !['needs-reconnect', 'keychain-unavailable'].includes(kind),
    );
    expect(calm).toHaveLength(5);
    for (const connection of calm) expect(needed(account('ada', { connection }))).toEqual([]);
    expect(needed(account('ada', { sync: { running: true } }))).toEqual([]);
    expect(readAttention(stateOf([]))).toEqual({ needed: [], unclear: [] });
  });

  test('two accounts are two causes, except where the computer ails: that is said once, and names both', () => {
    const dead = needed(
      account('ada', { connection: 'needs-reconnect' }),
      account('grace', { connection: 'needs-reconnect' }),
    );
    expect(dead.map(({ key }) => key)).toEqual(['reconnect-needed/ada', 'reconnect-needed/grace']);
    const full = needed(
      account('ada', { sync: { failure: diskFull } }),
      account('grace', { sync: { failure: diskFull } }),
    );
    expect(full.map(({ key }) => key)).toEqual(['disk-full']);
    expect(full[0]!.title).toContain('ada@example.org, grace@example.org');
  });
});

describe('what nobody can tell', () => {
  test('without network, or while the grant is being looked at, a cause of the connection is unclear', () => {
    for (const connection of ['offline', 'refreshing'] as const) {
      expect(unclear(account('ada', { connection }))).toEqual([
        'reconnect-needed/ada',
        'permission-missing/ada/calendar',
        'keychain-trouble',
      ]);
    }
    expect(unclear(account('ada'))).toEqual([]);
  });

  test('while a sync runs, nobody knows whether the disk is still full', () => {
    expect(unclear(account('ada', { sync: { running: true } }))).toEqual(['disk-full']);
  });
});

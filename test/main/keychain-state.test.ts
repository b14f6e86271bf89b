import { expect, test } from 'vitest';
import { Connection } from '../../src/contract/connection.ts';
import { keychainState } from '../../src/main/keychain/keychain-state.ts';

const problems = ['locked', 'denied', 'unavailable', 'corrupt', 'too-large'] as const;

test.each([
  ['linux', ['gnome-keyring', 'KWallet', 'Seahorse'], ['Keychain Access', 'Credential Manager']],
  ['darwin', ['Keychain Access'], ['gnome-keyring', 'KWallet', 'Credential Manager']],
  ['win32', ['Credential Manager'], ['gnome-keyring', 'KWallet', 'Keychain Access']],
] as const)('on %s every problem has a sentence of its own, which names what is there', (platform, named, foreign) => {
  const sentences = problems.map((problem) => keychainState(problem, platform).sentence);
  expect(new Set(sentences).size).toBe(problems.length);
  for (const name of named) expect(sentences.join(' ')).toContain(name);
  for (const name of foreign) expect(sentences.join(' ')).not.toContain(name);
});

test.each(problems)(
  'S18 %s says that the data is untouched, and never asks for a new sign-in with Google',
  (problem) => {
    for (const platform of ['linux', 'darwin', 'win32', 'freebsd'] as const) {
      const state = Connection.parse(keychainState(problem, platform));
      expect(state).toMatchObject({ kind: 'keychain-unavailable', action: 'fix-keychain' });
      expect(state.sentence).toContain('Your data is untouched');
      expect(state.sentence).not.toMatch(/reconnect/i);
    }
  },
);

test('the sentences are for the platform the app runs on', () => {
  expect(keychainState('locked')).toEqual(keychainState('locked', process.platform));
});

import type { Connection } from '../../contract/connection.ts';
import type { KeychainProblem } from './keychain.ts';

const fixes: Readonly<Record<KeychainProblem, string>> = {
  locked:
    'This computer’s keychain is locked. Unlock it, for instance by signing in to your desktop again, and try again.',
  denied: 'Access to this computer’s keychain was refused. Try again and allow it when the system asks.',
  unavailable:
    'No keychain service answers on this computer. On Linux, install and start gnome-keyring or KWallet, then try again.',
  corrupt:
    'This computer’s keychain does not give back what was stored in it. Check it with the system’s own tool, then try again.',
  'too-large': 'This computer’s keychain does not take an entry of this size.',
};

/** What a person reads when the keychain does not do its part: a state of its own, never "sign in again". */
export function keychainState(problem: KeychainProblem): Connection {
  return {
    kind: 'keychain-unavailable',
    reason:
      problem === 'locked' ? 'keychain-locked' : problem === 'corrupt' ? 'keychain-corrupt' : 'keychain-unavailable',
    sentence: `${fixes[problem]} Mooring stores the key to your account there and nowhere else; your data is untouched.`,
    action: 'fix-keychain',
  };
}

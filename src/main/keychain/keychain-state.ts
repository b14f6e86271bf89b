import type { Connection } from '../../contract/connection.ts';
import type { KeychainProblem } from './problem.ts';

type System = 'linux' | 'darwin' | 'win32';

interface Words {
  readonly happened: string;
  readonly fix: Readonly<Record<System, string>>;
}

const words: Readonly<Record<KeychainProblem, Words>> = {
  locked: {
    happened: 'This computer’s keychain is locked',
    fix: {
      linux:
        'Unlock it: answer the system’s window that asks for its password, which may be hidden behind others, or use “Passwords and Keys” (Seahorse) or KWallet. Then try again.',
      darwin:
        'Unlock the login keychain in Keychain Access, or answer the window that asks for its password. Then try again.',
      win32: 'Lock Windows and sign in to it again, which opens Credential Manager. Then try again.',
    },
  },
  denied: {
    happened: 'This computer’s keychain refused Mooring',
    fix: {
      linux: 'Try again and allow it when the system asks; in KWallet, Mooring may have to be allowed in its settings.',
      darwin:
        'Try again and choose “Always Allow” when macOS asks. If it does not ask, allow Mooring in Keychain Access, under Access Control of the entry “Mooring”.',
      win32:
        'Try again. If it is refused again, ask whoever looks after this computer to let apps use Credential Manager.',
    },
  },
  unavailable: {
    happened: 'No keychain answers on this computer',
    fix: {
      linux:
        'Install and start gnome-keyring or KWallet, and see in “Passwords and Keys” (Seahorse) that there is a default keyring. Then try again.',
      darwin: 'See in Keychain Access that there is a login keychain and that it is the default one. Then try again.',
      win32: 'See in Windows’ “Services” that Credential Manager is running. Then try again.',
    },
  },
  corrupt: {
    happened: 'This computer’s keychain does not give back what was stored in it',
    fix: {
      linux:
        'Look at the default keyring in “Passwords and Keys” (Seahorse) or KWallet; if it cannot be opened there, make a new one. Then try again.',
      darwin:
        'Look at the login keychain in Keychain Access; if it cannot be opened there, make a new one. Then try again.',
      win32: 'Remove the entries that begin with “Mooring” in Credential Manager. Then try again.',
    },
  },
  'too-large': {
    happened: 'This computer’s keychain does not take an entry of the size that Google’s key has',
    fix: {
      linux: 'Trying again does not help; please report it to the makers of Mooring.',
      darwin: 'Trying again does not help; please report it to the makers of Mooring.',
      win32:
        'Credential Manager takes 2,560 bytes, and trying again does not help; please report it to the makers of Mooring.',
    },
  },
};

/** What is the matter, without what follows from it; the beginning of a sentence. */
export const whatHappened = (problem: KeychainProblem): string => words[problem].happened;

/** True of every problem: the copy needs no key, and an access token that is already fetched needs no keychain. */
const meaning = 'Your data is untouched; a sync that already has Google’s permission goes on for up to an hour.';

/** What a person reads when the keychain does not do its part: a state of its own, never "sign in again". */
export function keychainState(problem: KeychainProblem, platform: NodeJS.Platform = process.platform): Connection {
  const { happened, fix } = words[problem];
  const system = platform === 'darwin' || platform === 'win32' ? platform : 'linux';
  return {
    kind: 'keychain-unavailable',
    reason:
      problem === 'locked' ? 'keychain-locked' : problem === 'corrupt' ? 'keychain-corrupt' : 'keychain-unavailable',
    sentence: `${happened}, the only place where Mooring keeps the key to your account. ${meaning} ${fix[system]}`,
    action: 'fix-keychain',
  };
}

import type { Problem } from '../contract/problem.ts';
import type { AppState, Setup } from '../contract/state.ts';
import type { Records } from './accounts/records.ts';
import type { Revocations } from './accounts/revocations.ts';
import type { Sessions } from './accounts/sessions.ts';
import { realIssuer } from './auth/provider.ts';
import type { SignInDesk } from './auth/sign-in-desk.ts';
import type { Preferences } from './background/preferences.ts';
import type { StartAtLogin } from './background/start-at-login.ts';
import type { Exports } from './exports.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { ClientHolder } from './setup/client-holder.ts';
import { storageProblem } from './storage-error.ts';

/** The parts of the core that the state is read from. */
export interface StateParts {
  readonly issuer: string;
  readonly client: ClientHolder;
  readonly rehearsal: Rehearsal | null;
  /** What was asked of this start and is not done, to be said. */
  readonly refused: readonly Problem[];
  readonly records: Records;
  readonly sessions: Sessions;
  readonly revocations: Revocations;
  readonly desk: SignInDesk;
  readonly preferences: Preferences;
  readonly startAtLogin: StartAtLogin;
  readonly exports: Exports;
}

/** Puts together what the window and the tray show; `heard` is what the daemon and the system have said last. */
export function assembleState(parts: StateParts, heard: Pick<AppState, 'daemon' | 'onBattery' | 'update'>): AppState {
  const { refused, records, sessions, revocations, desk, preferences, startAtLogin, exports } = parts;
  return {
    setup: describeSetup(parts),
    accounts: sessions.views(),
    signIn: desk.state(),
    addedId: desk.addedId(),
    settings: preferences.settings(),
    exports: exports.view(),
    launchAtLogin: startAtLogin.isOn(),
    notices: [...refused, sessions.notice(), revocations.notice(), lost(records), unsaved(records)].filter(
      (notice) => notice !== null,
    ),
    ...heard,
  };
}

/** Says that nobody is shown because the list of accounts was damaged, and not because nobody was signed in. */
const lost = (records: Records): Problem | null =>
  records.accountsLost()
    ? {
        code: 'accounts-damaged',
        sentence:
          'Mooring’s list of accounts was damaged and has been set aside, so no account is shown. The copies on this computer and the keys in the keychain are untouched. Sign in again to each account to go on with its copy.',
      }
    : null;

/** Says that what holds is not on the disk: a restart would not know of it. */
function unsaved(records: Records): Problem | null {
  const trouble = records.trouble();
  return (
    trouble &&
    storageProblem(trouble, {
      happened: 'What Mooring has learned of your accounts since could not be written down',
      meaning:
        'What you see here is right, but would be forgotten if Mooring ended now. Mooring tries again every minute.',
      afterwards: '',
    })
  );
}

function describeSetup({ issuer, client, rehearsal }: StateParts): Setup {
  if (!client.isKnown()) return { kind: 'client-missing', problem: client.problem() };
  return {
    kind: 'ready',
    googleHost: new URL(issuer).host,
    real: issuer === realIssuer,
    rehearsal: rehearsal !== null,
  };
}

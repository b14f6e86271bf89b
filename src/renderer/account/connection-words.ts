import type { Connection, ConnectionAction } from '../../contract/connection.ts';
import type { Tone } from '../common/tone.ts';
import { googleButtonLabel } from '../sign-in/sign-in-words.ts';

interface ConnectionWords {
  readonly title: string;
  readonly tone: Tone;
}

export function connectionWords(kind: Connection['kind']): ConnectionWords {
  switch (kind) {
    case 'connected':
      return { title: 'Connected', tone: 'good' };
    case 'refreshing':
      return { title: 'Checking…', tone: 'busy' };
    case 'offline':
      return { title: 'Offline', tone: 'away' };
    case 'needs-reconnect':
      return { title: 'Reconnect needed', tone: 'attention' };
    case 'needs-permission':
      return { title: 'Permission needed', tone: 'attention' };
    case 'blocked-by-admin':
      return { title: 'Blocked by your organisation', tone: 'bad' };
    case 'app-misconfigured':
      return { title: 'App not set up right', tone: 'bad' };
    case 'keychain-unavailable':
      return { title: 'Keychain unavailable', tone: 'bad' };
    default:
      return kind satisfies never;
  }
}

/** Whether it stays as it is until somebody does something about it. */
export function needsAction(kind: Connection['kind']): boolean {
  const { tone } = connectionWords(kind);
  return tone === 'attention' || tone === 'bad';
}

/** What the action's button does and says; null where there is nothing to press. */
export function actionWords(
  action: ConnectionAction,
): { readonly label: string; readonly request: 'signIn' | 'reconnect' | 'syncNow' | 'pickClientFile' } | null {
  switch (action) {
    case 'none':
    case 'ask-admin':
      return null;
    case 'sign-in':
      return { label: googleButtonLabel, request: 'signIn' };
    case 'reconnect':
      return { label: 'Reconnect', request: 'reconnect' };
    case 'grant-permission':
      return { label: 'Give permission', request: 'reconnect' };
    case 'retry':
      return { label: 'Try now', request: 'syncNow' };
    case 'fix-client':
      return { label: 'Choose client file…', request: 'pickClientFile' };
    case 'fix-keychain':
      return { label: 'Try again', request: 'syncNow' };
    default:
      return action satisfies never;
  }
}

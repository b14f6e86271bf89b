import type { Connection, ConnectionAction } from '../../contract/connection.ts';
import { connectionTitles } from '../../contract/titles.ts';
import type { Tone } from '../common/tone.ts';
import { googleButtonLabel } from '../sign-in/sign-in-words.ts';

/** How a connection looks at a glance. */
export const connectionTones = {
  connected: 'good',
  refreshing: 'busy',
  offline: 'away',
  'needs-reconnect': 'attention',
  'blocked-by-admin': 'bad',
  'app-misconfigured': 'bad',
  'keychain-unavailable': 'bad',
} as const satisfies Readonly<Record<Connection['kind'], Tone>>;

export const connectionWords = (kind: Connection['kind']): { readonly title: string; readonly tone: Tone } => ({
  title: connectionTitles[kind],
  tone: connectionTones[kind],
});

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

import type { Circle } from '../../contract/contacts.ts';
import type { SyncStatus } from '../../contract/sync.ts';

/** What stands where nobody is; "nobody" is said only where everything has been copied. */
export function emptyWords(
  syncs: readonly Pick<SyncStatus, 'lastSuccessAt' | 'running'>[],
  circle: Circle['kind'],
): string {
  if (syncs.length > 0 && syncs.every(({ lastSuccessAt }) => lastSuccessAt !== null)) return nobodyWords[circle];
  return syncs.some(({ running }) => running)
    ? 'Being copied for the first time. Contacts appear here as they arrive.'
    : 'Not copied yet';
}

const nobodyWords = {
  contacts: 'You have no contacts yet',
  others: 'Google has noted nobody for you',
  group: 'Nobody is in this group',
} as const satisfies Readonly<Record<Circle['kind'], string>>;

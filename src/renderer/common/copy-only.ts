import type { Connection } from '../../contract/connection.ts';
import type { AccountView } from '../../contract/state.ts';

/** True while what is shown may be older than what Google has. */
export function showsCopyOnly(kind: Connection['kind']): boolean {
  return kind !== 'connected' && kind !== 'refreshing';
}

/** Says whose part of what is shown may be older than what Google has; null when nobody's is. */
export function copyOnlyWords(accounts: readonly AccountView[]): string | null {
  const copies = accounts.filter(({ connection }) => showsCopyOnly(connection.kind));
  if (copies.length === 0) return null;
  if (copies.length === accounts.length) return 'Shown from this computer’s copy';
  return `From this computer’s copy: ${copies.map(({ account }) => account.email).join(', ')}`;
}

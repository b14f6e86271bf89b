import type { Connection } from '../../contract/connection.ts';
import type { AccountView } from '../../contract/state.ts';

/** True while what is shown may be older than what Google has. */
export function showsCopyOnly(kind: Connection['kind']): boolean {
  return kind !== 'connected' && kind !== 'refreshing';
}

/** Says whose part of what is shown of a service may be older than what Google has; null when nobody's is. */
export function copyOnlyWords(accounts: readonly AccountView[], service: string): string | null {
  const held = accounts.filter(({ services }) => {
    const view = services[service];
    return view !== undefined && (view.standing.kind !== 'off' || view.sync.lastSuccessAt !== null);
  });
  const copies = held.filter(({ connection, services }) => {
    const standing = services[service]?.standing.kind;
    return showsCopyOnly(connection.kind) || (standing !== 'working' && standing !== 'partial');
  });
  if (copies.length === 0) return null;
  if (copies.length === held.length) return 'Shown from this computer’s copy';
  return `From this computer’s copy: ${copies.map(({ account }) => account.email).join(', ')}`;
}

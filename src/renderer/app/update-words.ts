import type { Update } from '../../contract/state.ts';

export function updateWords({ kind, version }: Update): string {
  switch (kind) {
    case 'ready':
      return `Mooring ${version} is ready. Restart to use it.`;
    case 'announced':
      return `Mooring ${version} is out. Get its package where you got this one; your package manager installs it.`;
    default:
      return kind satisfies never;
  }
}

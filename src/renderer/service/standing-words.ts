import type { Standing } from '../../contract/standing.ts';
import type { Tone } from '../common/tone.ts';

/** How a standing looks at a glance. */
export function standingTone(kind: Standing['kind']): Tone {
  switch (kind) {
    case 'working':
      return 'good';
    case 'off':
    case 'waiting':
      return 'away';
    case 'partial':
    case 'needs-permission':
      return 'attention';
    case 'blocked-by-admin':
    case 'api-disabled':
      return 'bad';
    default:
      return kind satisfies never;
  }
}

/** What of a standing has to be said beside the service's name: what the connection's card says already has not. */
export function standingSentence({ kind, reason, sentence }: Standing): string | null {
  const saidElsewhere = kind === 'working' || kind === 'off' || reason === 'connection' || reason === 'this-computer';
  return saidElsewhere ? null : sentence;
}

/** What the button says that has a service copied; null where there is nothing to press. */
export function keepLabel({ kind, reason, action }: Standing): string | null {
  if (action !== 'keep') return null;
  return kind === 'needs-permission' || reason === 'declined' ? 'Give permission' : 'Turn on';
}

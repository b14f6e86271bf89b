import type { Faces } from '../common/faces.ts';
import { ago, until } from '../common/relative-time.ts';

/** "obtained 3 days ago" */
export const obtained = (at: number, now: number): string => `obtained ${ago(at, now)}`;

/** "ends in 6 days", or "ended 2 hours ago". */
export const ends = (at: number, now: number): string =>
  at > now ? `ends ${until(at, now)}` : `ended ${ago(at, now)}`;

/** What a scope lets Mooring do; null for one that Mooring does not know. */
export function scopeMeaning(scope: string, faces: Faces): string | null {
  switch (scope) {
    case 'openid':
      return 'Know who you are';
    case 'email':
      return 'See your address';
    case 'profile':
      return 'See your name and picture';
    default: {
      const face = Object.values(faces).find(({ contract }) =>
        [...contract.scopes, ...(contract.moreScopes ?? [])].includes(scope),
      );
      return face ? `Read ${face.contract.things}` : null;
    }
  }
}

/** "agrees with Google’s", "12 seconds ahead of Google’s". Answers carry whole seconds, so less says nothing. */
export function clockWords(skew: number | null): string {
  if (skew === null) return 'not compared yet';
  const seconds = Math.round(Math.abs(skew) / 1_000);
  if (seconds <= 1) return 'agrees with Google’s';
  const side = skew > 0 ? 'ahead of' : 'behind';
  return `${inUnits(seconds)} ${side} Google’s`;
}

function inUnits(seconds: number): string {
  const [amount, unit] =
    seconds < 120
      ? [seconds, 'second']
      : seconds < 7_200
        ? [Math.round(seconds / 60), 'minute']
        : seconds < 172_800
          ? [Math.round(seconds / 3_600), 'hour']
          : [Math.round(seconds / 86_400), 'day'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

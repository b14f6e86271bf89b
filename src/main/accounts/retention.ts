import type { Problem } from '../../contract/problem.ts';

const day = 86_400_000;

/** What is known of an account whose grant is dead. Instants are epoch milliseconds. */
export interface DeadGrant {
  readonly deadSince: number;
  /** When the person was told that the copy is going to be erased. */
  readonly announcedAt: readonly number[];
}

/** What to do with the copy of an account that nobody has reconnected. */
export type RetentionStep =
  | { readonly kind: 'keep'; readonly until: number }
  /** Tell the person, for the first or the second time, that the copy goes at `eraseAt`. */
  | { readonly kind: 'announce'; readonly eraseAt: number }
  | { readonly kind: 'erase' };

/**
 * What a clock that has been set back since wrote down for a moment still to come is not believed: the grant counts as dead
 * from now on, and what was announced then is announced again.
 */
export function believe({ deadSince, announcedAt }: DeadGrant, now: number): DeadGrant {
  return { deadSince: Math.min(deadSince, now), announcedAt: announcedAt.filter((at) => at <= now) };
}

const firstNotice = 7 * day;
const lastNotice = day;

/**
 * Decides about data that outlives its grant: kept for as many days as the person set, then erased, but never without
 * having been announced twice, a day apart and a day before, however long the computer was switched off.
 */
export function planRetention(grant: DeadGrant, days: number | null, now: number): RetentionStep {
  if (days === null) return { kind: 'keep', until: Number.POSITIVE_INFINITY };
  const due = grant.deadSince + days * day;
  const [first, last] = grant.announcedAt;
  if (first === undefined) {
    const at = Math.max(grant.deadSince, due - firstNotice);
    return now < at ? { kind: 'keep', until: at } : { kind: 'announce', eraseAt: Math.max(due, now + 2 * day) };
  }
  if (last === undefined) {
    const at = Math.max(first + day, due - lastNotice);
    return now < at ? { kind: 'keep', until: at } : { kind: 'announce', eraseAt: Math.max(due, now + day) };
  }
  const at = Math.max(due, last + day);
  return now < at ? { kind: 'keep', until: at } : { kind: 'erase' };
}

/** Says, once it has been announced, when the copy of an account is going to be erased. */
export function eraseWarning(
  {
    deadSince,
    announcedAt,
    erasedAt,
  }: { deadSince: number | null; announcedAt: readonly number[]; erasedAt: number | null },
  days: number | null,
  now: number,
): Problem | null {
  const [first, last] = announcedAt;
  if (deadSince === null || first === undefined || erasedAt !== null || days === null) return null;
  const eraseAt = Math.max(deadSince + days * day, last === undefined ? first + 2 * day : last + day);
  const left = Math.max(1, Math.ceil((eraseAt - now) / day));
  return {
    code: 'copy-will-be-erased',
    sentence: `Access to this account ended ${Math.floor((now - deadSince) / day)} days ago. Its copy on this computer is erased in ${left === 1 ? 'a day' : `${left} days`}; reconnect to keep it.`,
  };
}

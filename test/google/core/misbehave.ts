/**
 * What Google would never do, so that a test can prove that the app checks. Each is used up by the next answer it
 * applies to.
 */
export interface Misbehaviour {
  idToken?: 'wrong-aud' | 'wrong-nonce' | 'wrong-iss' | 'wrong-sub' | 'expired' | 'bad-signature' | 'missing';
  callback?: 'wrong-state' | 'missing-state' | 'wrong-iss' | 'missing-iss';
  /** `new-refresh-token` leaves the old one alive; `rotated-refresh-token` ends it. */
  refresh?: 'new-refresh-token' | 'rotated-refresh-token';
  /** One exchange succeeds without a refresh token, as seen in the wild. */
  exchange?: 'withhold-refresh-token';
  /** What the next token answer, ID token or header of one says in place of what it should; null takes a member out. */
  tokenAnswer?: Members;
  /** What the next token answer says that it is. */
  tokenType?: string;
  idClaims?: Members;
  idHeader?: Members;
  discovery?: Members;
}

/** A member that is to say null says the word. */
export type Members = Readonly<Record<string, unknown>>;

/** Puts odd members in the place of right ones; `'null'` stands for null, and null takes one out. */
export function spoilt<T extends object>(right: T, odd: Members | undefined): T {
  const told = Object.entries({ ...right, ...odd }).filter(([, value]) => value !== null);
  return Object.fromEntries(told.map(([name, value]) => [name, value === 'null' ? null : value])) as T;
}

/** Takes a knob, so that it works once. */
export function takeKnob<K extends keyof Misbehaviour>(knobs: Misbehaviour, knob: K): Misbehaviour[K] {
  const value = knobs[knob];
  delete knobs[knob];
  return value;
}

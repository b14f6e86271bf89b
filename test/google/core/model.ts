/**
 * Everything the double remembers, as plain JSON. `accounts` is small and changes with every token; what a part keeps may
 * be large and changes seldom, so each is saved apart.
 */
export interface State {
  readonly accounts: Accounts;
  /** By the names of the parts. */
  readonly parts: Readonly<Record<string, unknown>>;
}

export interface Accounts {
  /** Where the double listened last. An issuer is an address, and what was signed in there belongs to it. */
  port?: number;
  /** How far the double's clock is ahead of the base clock, in milliseconds. */
  clockOffset: number;
  client: Client;
  people: Person[];
  /** By sub: there is one client, so a person has at most one grant. */
  grants: Record<string, Grant>;
  codes: AuthorizationCode[];
  accessTokens: AccessToken[];
  refreshTokens: RefreshToken[];
  /** Everything a leak test has to look for. */
  secrets: string[];
  /** PKCS #8 PEM of the key that signs ID tokens. */
  signingKey: string;
  /** The key that seals page tokens and sync tokens. */
  sealKey: string;
}

export interface Client {
  id: string;
  secret: string;
  name: string;
  publishing: 'production' | 'testing';
  deleted: boolean;
  /** The one Workspace domain whose people may sign in, when the client is internal. */
  internalTo: string | null;
}

export interface Person {
  sub: string;
  email: string;
  name: string;
  givenName: string;
  familyName: string;
  locale: string;
  /** Hosted domain of a Workspace account. */
  hd: string | null;
  colour: string;
  blockedByAdmin: boolean;
  /** Time-limited access, in seconds from the consent. */
  timeLimit: number | null;
}

export interface Grant {
  sub: string;
  scopes: string[];
  createdAt: number;
  expiresAt: number | null;
}

export interface AuthorizationCode {
  code: string;
  sub: string;
  scopes: string[];
  redirectUri: string;
  challenge: string;
  nonce: string | null;
  /** Whether the exchange yields a refresh token: consent was shown and access_type was offline. */
  offline: boolean;
  expiresAt: number;
  used: boolean;
}

export interface AccessToken {
  token: string;
  sub: string;
  scopes: string[];
  expiresAt: number;
}

export type DeathCause = 'revoked' | 'testing-7-days' | 'idle-6-months' | 'invalid_rapt' | 'bad-request';

export interface RefreshToken {
  token: string;
  sub: string;
  scopes: string[];
  issuedAt: number;
  usedAt: number;
  expiresAt: number | null;
  /** The thumbprint of the key it is bound to (RFC 9449); a state saved before there was DPoP has none. */
  boundTo?: string | null;
  /** Dead tokens are remembered, so that they fail the way Google says they fail. */
  dead: DeathCause | null;
}

/** The person with this sub or email address. */
export function findPerson(accounts: Accounts, hint: string | undefined): Person | undefined {
  const wanted = hint?.toLowerCase();
  return accounts.people.find((person) => person.sub === wanted || person.email.toLowerCase() === wanted);
}

/** The person with this sub; a mistake in a test when there is none. */
export function personOf(accounts: Accounts, sub: string): Person {
  const person = accounts.people.find((candidate) => candidate.sub === sub);
  if (!person) throw new Error(`No person with sub ${sub}`);
  return person;
}

import { z } from 'zod';
import { command } from './command.ts';
import { type Double, issued } from './double.ts';
import { endGrant, killRefreshTokens } from './grants.ts';
import { type DeathCause, type Grant, type Person, personOf } from './model.ts';
import { makePerson, type NewPerson, pictureUrl } from './people.ts';

const text = z.string().min(1);
const newPerson = z.strictObject({
  email: z.email(),
  name: text,
  locale: text.exactOptional(),
  hd: text.exactOptional(),
  sub: z
    .string()
    .regex(/^\d{21}$/)
    .exactOptional(),
  blockedByAdmin: z.boolean().exactOptional(),
});
const deathCause = z.enum(['revoked', 'testing-7-days', 'idle-6-months', 'invalid_rapt', 'bad-request']);

/** What a test can do to people, their grants and the client. */
export function accountControl(double: Double) {
  const { accounts, parts } = double.state;
  const changed = () => double.changed('accounts');
  return {
    people: command([], (): (Person & { picture: string })[] =>
      accounts.people.map((person) => ({ ...person, picture: pictureUrl(double.issuer, person) })),
    ),
    /** Adds a person, who has what every new account has. */
    addPerson: command([newPerson], (given: NewPerson): Person => {
      const person = makePerson(given, Math.random);
      accounts.people.push(person);
      changed();
      for (const [name, part] of Object.entries(double.parts)) {
        part.welcome(parts[name], person);
        double.changed(name);
      }
      return { ...person };
    }),
    grants: command([text.optional()], (sub?: string): (Grant & { liveRefreshTokens: number })[] =>
      Object.values(accounts.grants)
        .filter((grant) => sub === undefined || grant.sub === sub)
        .map((grant) => ({
          ...grant,
          scopes: [...grant.scopes],
          liveRefreshTokens: accounts.refreshTokens.filter((token) => token.sub === grant.sub && !token.dead).length,
        })),
    ),
    /** As if the person had removed the app in the Google account's settings. */
    revokeGrant: command([text], (sub: string): void => {
      endGrant(accounts, sub);
      changed();
    }),
    /** The API answers 401 to every access token given so far. */
    expireAccessTokens: command([text.optional()], (sub?: string): void => {
      accounts.accessTokens = accounts.accessTokens.filter((token) => sub !== undefined && token.sub !== sub);
      changed();
    }),
    /** The causes that end the consent end the whole grant; the others leave it, and access tokens live on. */
    expireRefreshTokens: command([text, deathCause], (sub: string, cause: DeathCause): void => {
      if (cause === 'revoked' || cause === 'testing-7-days') endGrant(accounts, sub, cause);
      else killRefreshTokens(accounts, sub, cause);
      changed();
    }),
    /** Time-limited access, from the next consent on. */
    setTimeLimit: command([text, z.number().positive().nullable()], (sub: string, seconds: number | null): void => {
      personOf(accounts, sub).timeLimit = seconds;
      changed();
    }),
    /** In testing, consents last seven days. */
    setPublishing: command([z.enum(['production', 'testing'])], (status: 'production' | 'testing'): void => {
      accounts.client.publishing = status;
      changed();
    }),
    blockByAdmin: command([text, z.boolean()], (sub: string, blocked: boolean): void => {
      personOf(accounts, sub).blockedByAdmin = blocked;
      changed();
    }),
    /** Limits the client to people of one Workspace domain (org_internal). */
    setInternal: command([text.nullable()], (hd: string | null): void => {
      accounts.client.internalTo = hd;
      changed();
    }),
    deleteClient: command([z.boolean()], (deleted: boolean): void => {
      accounts.client.deleted = deleted;
      changed();
    }),
    setClientSecret: command([text], (secret: string): void => {
      accounts.client.secret = secret;
      issued(double, secret);
      changed();
    }),
    /** The person takes one scope back; tokens lose it at once. */
    removeScope: command([text, text], (sub: string, scope: string): void => {
      const grant = accounts.grants[sub];
      if (grant) grant.scopes = grant.scopes.filter((granted) => granted !== scope);
      changed();
    }),
    secretsIssued: command([], (): string[] => [...accounts.secrets]),
  };
}

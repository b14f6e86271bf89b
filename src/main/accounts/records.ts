import { existsSync } from 'node:fs';
import { z } from 'zod';
import { largestPicture } from '../../contract/account.ts';
import { Audit } from '../../contract/audit.ts';
import { ExportAttempt, ExportEvery } from '../../contract/export.ts';
import { Instant } from '../../contract/instant.ts';
import { firstService, ServiceName } from '../../contract/services.ts';
import { shownAddress, shownText } from '../../contract/shown-text.ts';
import { Keeping } from '../../contract/standing.ts';
import { Settings } from '../../contract/state.ts';
import { realIssuer } from '../auth/provider.ts';
import { type HeldFile, holdFile } from '../held-file.ts';
import { jsonFile, setAside } from '../json-file.ts';
import type { StorageError } from '../storage-error.ts';

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * What is remembered of an account between two starts. Without its keychain entry it opens no door. Only who it is cannot
 * be done without: what else is missing, as in a file of an earlier version, or makes no sense, is taken as not known.
 */
export const AccountRecord = z.object({
  account: z.object({
    id: z.string().min(1).max(255),
    email: z.string().catch('').transform(shownAddress),
    name: z
      .string()
      .catch('')
      .transform((name) => shownText(name)),
    picture: z.string().max(largestPicture).nullable().catch(null),
    grantedScopes: z.array(z.string()).catch([]),
    consentedAt: Instant.nullable().catch(null),
    grantExpiresAt: Instant.nullable().catch(null),
  }),
  /** What the person wants of each service. Earlier versions had one, and nobody was asked. */
  services: z.record(ServiceName, Keeping).catch({ [firstService]: 'kept' }),
  /** Where the grant came from. Earlier versions knew the real Google only, and one client. */
  issuer: z.string().catch(realIssuer),
  clientId: z.string().nullable().catch(null),
  /** How many refresh tokens were asked for: Google keeps 100 alive. */
  tokensIssued: count.catch(0),
  /** When Google last accepted the grant. */
  lastRefreshAt: Instant.nullable().catch(null),
  /** Since when the grant is known to be dead, and when the erasure of its copy was announced. */
  deadSince: Instant.nullable().catch(null),
  announcedAt: z.array(Instant).catch([]),
  /** The copy was erased after the grant had been dead for long; a reconnect brings it back. */
  erasedAt: Instant.nullable().catch(null),
  /**
   * Written before the key to the account is stored, and taken back after: a program that ends in between leaves no key that
   * nothing knows of.
   */
  arriving: z.boolean().catch(false),
  /** A disconnect has begun and is to be seen through, whatever ends the program meanwhile. */
  leaving: z.object({ erase: z.boolean() }).nullable().catch(null),
});
export type AccountRecord = z.infer<typeof AccountRecord>;

export const newRecord = ({
  account,
  issuer,
  clientId,
}: Pick<AccountRecord, 'account' | 'issuer' | 'clientId'>): AccountRecord => ({
  account,
  services: {},
  issuer,
  clientId,
  tokensIssued: 0,
  lastRefreshAt: null,
  deadSince: null,
  announcedAt: [],
  erasedAt: null,
  arriving: false,
  leaving: null,
});

/** A grant that could not be ended at its issuer yet; its token waits in the keychain entry named here. */
export const PendingRevocation = z.object({
  issuer: z.string().catch(realIssuer),
  accountId: z.string(),
  entry: z.string(),
  since: Instant.catch(0),
});
export type PendingRevocation = z.infer<typeof PendingRevocation>;

/** What has been done once and is not to be done again. */
export const Once = z.strictObject({
  /** Keys of causes that a person has been called for, or has seen, and that are not settled yet. */
  told: z.array(z.string()),
  /** Whether starting at login has been settled: by the first sign-in of an installed app, or by the person. */
  startAtLogin: z.boolean(),
});
export type Once = z.infer<typeof Once>;

/** What is remembered of exports. What makes no sense is taken as not chosen. */
export const ExportMemory = z.object({
  folder: z.string().min(1).max(32_767).nullable().catch(null),
  every: ExportEvery.catch('never'),
  accountId: z.string().nullable().catch(null),
  leftOut: z.array(ServiceName).catch([]),
  last: ExportAttempt.nullable().catch(null),
});
export type ExportMemory = z.infer<typeof ExportMemory>;

const noExports: ExportMemory = { folder: null, every: 'never', accountId: null, leftOut: [], last: null };

/** A file of an earlier version lacks some settings; what is missing has its default. */
const settingsFile = (defaults: Settings) =>
  z.preprocess((stored) => (isRecord(stored) ? { ...defaults, ...stored } : stored), Settings);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const longestHistory = 90;

/** Everything main remembers in files. */
export interface Records {
  accounts(): readonly AccountRecord[];
  /** Adds the record, or puts it in the place of the account's former one. Throws a StorageError, and then it is as it was. */
  write(record: AccountRecord): void;
  /** The same for what has come true already: it holds at once, and is on the disk as soon as that takes it. */
  note(record: AccountRecord): void;
  /** Drops an account that has gone. */
  remove(accountId: string): void;
  audits(accountId: string): readonly Audit[];
  /** Newest first; the oldest of more than 90 goes. */
  addAudit(accountId: string, audit: Audit): void;
  readonly settings: HeldFile<Settings>;
  readonly revocations: HeldFile<readonly PendingRevocation[]>;
  readonly once: HeldFile<Once>;
  readonly exports: HeldFile<ExportMemory>;
  /** Whether the file of accounts was set aside because it was damaged, and nobody has signed in since. */
  accountsLost(): boolean;
  /** Why something that holds is not on the disk; null when all of it is. */
  trouble(): StorageError | null;
  /** Tries to write what is not on the disk yet. */
  save(): void;
}

/** Of a list, what can be read: a record that does not even say whose it is opens nothing, and hides no other. */
const keepReadable = <T>(item: z.ZodType<T>) =>
  z.array(z.unknown()).transform((items) =>
    items.flatMap((each) => {
      const read = item.safeParse(each);
      return read.success ? [read.data] : [];
    }),
  );

const accountsName = 'accounts.json';

/** Opens the files of one data folder; `path` turns a name into a path in it. Throws a StorageError where one cannot be read. */
export function openRecords(path: (name: string) => string, defaults: Settings): Records {
  const hold = <T>(name: string, schema: z.ZodType<T>, empty: T) => holdFile(jsonFile(path(name), schema, empty));
  const accounts = hold(accountsName, keepReadable(AccountRecord), []);
  const audits = hold('audits.json', z.record(z.string(), keepReadable(Audit)), {});
  const settings = hold('settings.json', settingsFile(defaults), defaults);
  const revocations = hold('revocations.json', keepReadable(PendingRevocation), []);
  const once = hold('once.json', Once, { told: [], startAtLogin: false });
  const exports = hold('exports.json', ExportMemory, noExports);
  const files = [accounts, audits, settings, revocations, once, exports];

  function withRecord(record: AccountRecord): AccountRecord[] {
    const { id } = record.account;
    const all = accounts.read();
    const known = all.some(({ account }) => account.id === id);
    return known ? all.map((each) => (each.account.id === id ? record : each)) : [...all, record];
  }

  return {
    accounts: accounts.read,
    write: (record) => accounts.write(withRecord(record)),
    note: (record) => accounts.note(withRecord(record)),
    remove(accountId) {
      accounts.note(accounts.read().filter(({ account }) => account.id !== accountId));
      const { [accountId]: _gone, ...rest } = audits.read();
      audits.note(rest);
    },
    audits: (accountId) => audits.read()[accountId] ?? [],
    addAudit(accountId, audit) {
      const held = audits.read();
      audits.note({ ...held, [accountId]: [audit, ...(held[accountId] ?? [])].slice(0, longestHistory) });
    },
    settings,
    revocations,
    once,
    exports,
    accountsLost: () => !existsSync(path(accountsName)) && existsSync(setAside(path(accountsName))),
    trouble: () => files.map((file) => file.trouble()).find((trouble) => trouble !== null) ?? null,
    save() {
      for (const file of files) file.save();
    },
  };
}

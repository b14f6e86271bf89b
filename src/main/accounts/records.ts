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
import { type JsonFile, jsonFile } from '../json-file.ts';

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
  /** Adds the record, or puts it in the place of the account's former one. */
  put(record: AccountRecord): void;
  remove(accountId: string): void;
  audits(accountId: string): readonly Audit[];
  /** Newest first; the oldest of more than 90 goes. */
  addAudit(accountId: string, audit: Audit): void;
  readonly settings: JsonFile<Settings>;
  readonly revocations: JsonFile<readonly PendingRevocation[]>;
  readonly once: JsonFile<Once>;
  readonly exports: JsonFile<ExportMemory>;
}

/** Of a list, what can be read: a record that does not even say whose it is opens nothing, and hides no other. */
const keepReadable = <T>(item: z.ZodType<T>) =>
  z.array(z.unknown()).transform((items) =>
    items.flatMap((each) => {
      const read = item.safeParse(each);
      return read.success ? [read.data] : [];
    }),
  );

/** Opens the files of one data folder; `path` turns a name into a path in it. */
export function openRecords(path: (name: string) => string, defaults: Settings): Records {
  const accountFile = jsonFile(path('accounts.json'), keepReadable(AccountRecord), []);
  const auditFile = jsonFile(path('audits.json'), z.record(z.string(), keepReadable(Audit)), {});
  // Read once: this process is the only one that writes them.
  let accounts = accountFile.read();
  let audits = auditFile.read();

  function saveAccounts(next: AccountRecord[]): void {
    accountFile.write(next);
    accounts = next;
  }

  function saveAudits(next: Record<string, Audit[]>): void {
    auditFile.write(next);
    audits = next;
  }

  return {
    accounts: () => accounts,
    put(record) {
      const { id } = record.account;
      const known = accounts.some(({ account }) => account.id === id);
      saveAccounts(known ? accounts.map((each) => (each.account.id === id ? record : each)) : [...accounts, record]);
    },
    remove(accountId) {
      saveAccounts(accounts.filter(({ account }) => account.id !== accountId));
      const { [accountId]: _gone, ...rest } = audits;
      saveAudits(rest);
    },
    audits: (accountId) => audits[accountId] ?? [],
    addAudit: (accountId, audit) =>
      saveAudits({ ...audits, [accountId]: [audit, ...(audits[accountId] ?? [])].slice(0, longestHistory) }),
    settings: jsonFile(path('settings.json'), settingsFile(defaults), defaults),
    revocations: jsonFile(path('revocations.json'), keepReadable(PendingRevocation), []),
    once: jsonFile(path('once.json'), Once, { told: [], startAtLogin: false }),
    exports: jsonFile(path('exports.json'), ExportMemory, noExports),
  };
}

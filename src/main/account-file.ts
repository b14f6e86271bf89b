import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Account } from '../contract/account.ts';

const AccountFile = z.strictObject({ version: z.literal(1), account: Account });

/** Remembers who is signed in. Holds nothing secret: without the keychain entry it opens no door. */
export interface AccountStore {
  /** Null when nobody is signed in, or when the file cannot be understood; a damaged file is set aside, not deleted. */
  read(): Account | null;
  write(account: Account): void;
  remove(): void;
}

export function openAccountFile(path: string): AccountStore {
  return {
    read() {
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch {
        return null;
      }
      try {
        return AccountFile.parse(JSON.parse(text)).account;
      } catch {
        renameSync(path, `${path}.damaged`);
        return null;
      }
    },
    write(account) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // Written beside and renamed, so that a crash leaves the old file or the new one, never half of either.
      const beside = `${path}.new`;
      writeFileSync(beside, JSON.stringify({ version: 1, account } satisfies z.infer<typeof AccountFile>, null, 2), {
        mode: 0o600,
        flush: true,
      });
      renameSync(beside, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

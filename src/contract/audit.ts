import { z } from 'zod';
import { Instant } from './instant.ts';

/** What is checked, each in its own words; see `src/main/accounts/audit.ts`. */
export const AuditCheckName = z.enum(['keychain', 'refresh', 'identity', 'scopes', 'expiry', 'clock']);
export type AuditCheckName = z.infer<typeof AuditCheckName>;

export const AuditCheck = z.strictObject({
  name: AuditCheckName,
  /** `unknown` where an earlier check left nothing to look at. */
  verdict: z.enum(['good', 'attention', 'bad', 'unknown']),
  /** For people; nothing secret. */
  finding: z.string(),
});
export type AuditCheck = z.infer<typeof AuditCheck>;

/** One look at an account's credentials. */
export const Audit = z.strictObject({
  at: Instant,
  trigger: z.enum(['daily', 'resume', 'request']),
  checks: z.array(AuditCheck),
});
export type Audit = z.infer<typeof Audit>;
export type AuditTrigger = Audit['trigger'];

import { z } from 'zod';
import { Instant } from './instant.ts';

/** Characters, after cutting: see `shown-text.ts`. */
const longestShown = 1_000;

/** Characters: 256 KB in base64, and the beginning of a `data:` URL. */
export const largestPicture = 342_000;

/** Who is signed in. Nothing in here is secret; the refresh token is in the keychain only. */
export const Account = z.strictObject({
  /** Google's `sub`: the one identifier of a person that never changes. */
  id: z.string().min(1).max(255),
  /** Empty where Google did not say. */
  email: z.string().max(longestShown),
  name: z.string().max(longestShown),
  /** A `data:` URL, so that showing it needs no network. */
  picture: z.string().max(largestPicture).nullable(),
  /** What Google granted, normalised and sorted. */
  grantedScopes: z.array(z.string()),
  /** When consent was last given; null where that is no longer known. */
  consentedAt: Instant.nullable(),
  /** When the grant ends by itself, where Google said so (`refresh_token_expires_in`). */
  grantExpiresAt: Instant.nullable(),
});
export type Account = z.infer<typeof Account>;

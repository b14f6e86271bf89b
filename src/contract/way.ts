import { z } from 'zod';

/** How a request may leave this computer. */
export const Way = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('direct') }),
  /** Through a proxy server at this address, in which a name and a password for it may stand. */
  z.strictObject({ kind: z.literal('proxy'), url: z.string().regex(/^https?:\/\/[!-.0-~]{1,1000}\/$/) }),
  /** What is named cannot be used: a SOCKS server, or an address that is none. It is never gone round. */
  z.strictObject({ kind: z.literal('unusable') }),
]);
export type Way = z.infer<typeof Way>;

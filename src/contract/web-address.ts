import { z } from 'zod';

/**
 * An address that somebody else wrote, as it may be shown and copied: one word without control or direction characters, of a
 * kind that a browser, a mail program or a telephone opens.
 */
export const WebAddress = z
  .string()
  .max(2_000)
  .regex(/^(https?:|mailto:|tel:)[^\p{C}\s]+$/u);

import { z } from 'zod';
import type { ServiceContract } from '../../../src/contract/service.ts';

/** The titles of what is on a person's shelves. */
export const ShelfAnswer = z.strictObject({ titles: z.array(z.string()) });

/** A service that Google does not have, to be added without a change of the app: things on shelves, a list each. */
export const shelfContract = (name: string) =>
  ({
    name,
    things: `your ${name.toLowerCase()}`,
    reads: `what is on your shelves of ${name}`,
    why: `Your ${name.toLowerCase()} are on this computer.`,
    scopes: [`https://www.googleapis.com/auth/${name.toLowerCase()}.readonly`],
    api: `Google ${name} API`,
    root: 'https://shelf.googleapis.com',
    queries: { titles: { params: z.strictObject({ most: z.number().int().min(1).max(10_000) }), result: ShelfAnswer } },
  }) as const satisfies ServiceContract;

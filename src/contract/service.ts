import type { z } from 'zod';

/** A question that a service answers from the mirror alone, about all accounts. */
export interface ServiceQuery {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
}

/** A Google service, as far as every process has to know it. */
export interface ServiceContract {
  /** What Google calls it: "Calendar". */
  readonly name: string;
  /** What a person has there: "your calendars". */
  readonly things: string;
  /** What has to be granted for it: https://developers.google.com/identity/protocols/oauth2/scopes */
  readonly scopes: readonly string[];
  readonly queries: Readonly<Record<string, ServiceQuery>>;
}

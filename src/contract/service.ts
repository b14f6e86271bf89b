import type { z } from 'zod';

/** A question that a service answers from the mirror alone. */
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
  /** What is read of it, as in "Mooring reads the list of your calendars": nothing is ever written. */
  readonly reads: string;
  /** What a person has of it, as a sentence. */
  readonly why: string;
  /** What has to be granted for it: https://developers.google.com/identity/protocols/oauth2/scopes */
  readonly scopes: readonly string[];
  /** What is asked for beside them, and gives more of it; without these, the rest of it is copied all the same. */
  readonly moreScopes?: readonly string[];
  /** What Google's console calls its API: "Google Calendar API". */
  readonly api: string;
  /** Where that API is. */
  readonly root: string;
  readonly queries: Readonly<Record<string, ServiceQuery>>;
}

/** Services by their names. Which there are is said once in each process, where it is put together. */
export type Services = Readonly<Record<string, ServiceContract>>;

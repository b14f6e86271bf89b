import type { Database } from 'better-sqlite3';
import type { Service } from '../../src/daemon/sync/service.ts';
import type { Part } from '../google/core/part.ts';

/** What every service has to do: see `conformance.test.ts`. */
export const rules = [
  'first reading',
  'changes only',
  'add, edit, remove',
  'killed after a page',
  'page token forgotten',
  'mark forgotten',
  'changed during the first page',
  'a list that fails',
  'pages in a circle',
  'no mark',
  'too much gone',
  'odd fields',
  'two accounts',
  'erase',
  'a newer schema',
  'junk questions',
  'counts',
  'progress',
  'rate limit',
  'clock set back',
  'search',
  'a garbled index',
  'export',
] as const;
export type Rule = (typeof rules)[number];

/** A service under test, with its part of the double. */
export interface Subject {
  /** Its name in the list of services. */
  readonly name: string;
  readonly service: Service;
  readonly part: Part;
  /** The parameter by which its lists are asked for changes. */
  readonly asksBy: string;
  /** Its endpoints whose lists tell no changes. */
  readonly readWhole: readonly string[];
  /** All that is kept of an account, in the form of {@link Subject.truth}. */
  mirrored(db: Database, accountId: string): unknown;
  /** All that Google has of a person. */
  truth(control: never, sub: string): unknown;
  /** What the files of an export hold, by their names, in the form of {@link Subject.truth}. */
  exported(files: Readonly<Record<string, string>>): unknown;
  /** The titles that its questions tell of what was added by title. */
  titles(ask: (name: string, params: unknown) => Promise<unknown>): Promise<string[]>;
  /** One of its lists: what it is called on the status, and where the double has it. */
  list(control: never, sub: string): { readonly name: string; readonly endpoint: string; readonly path: string };
  /** The rules that it does not keep, and why not. */
  readonly exempt: Readonly<Partial<Record<Rule, string>>>;
}

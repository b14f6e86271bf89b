import type { Database } from 'better-sqlite3';
import type { Clock } from '../../contract/clock.ts';
import type { Observation } from '../../contract/observation.ts';
import type { ServiceContract } from '../../contract/service.ts';
import type { WayToGoogle } from '../google/http.ts';
import type { Received } from '../google/page.ts';
import type { Log } from '../log.ts';
import type { Searchable } from '../search/searchable.ts';
import type { Counted } from '../store/counts.ts';
import type { CursorRows } from './cursor-rows.ts';
import type { Feed } from './feed.ts';
import { type PassContext, type PassEnd, runPass } from './pass.ts';
import type { Intervals } from './plan.ts';

/** A list at Google and the rows that mirror it. Everything here runs inside the transaction of a page. */
export interface Collection<T, M> {
  /** Names the list among those of its service. */
  readonly key: string;
  /** What a person calls it; null for a list that only says which others there are. */
  readonly name: string | null;
  readonly feed: Feed<T, M>;
  /** Answers whether rows changed. */
  put(items: readonly Received<T>[], generation: number): boolean;
  /** How many rows there are, and how many of them a reading from the beginning did not meet. */
  count(generation: number): { readonly all: number; readonly unmet: number };
  /** Removes the rows which a reading from the beginning did not meet; answers whether there were any. */
  sweep(generation: number): boolean;
  /** Whether a refusal says that the list is gone: another list will say so, and nothing of it is at fault. */
  skips?(observation: Observation): boolean;
  /** Tidies up behind the last page of any reading; answers whether rows changed. */
  settle?(): boolean;
}

/** A collection that is ready to be read: what its items and its mark are like is its own affair. */
export interface ReadyList {
  readonly key: string;
  readonly name: string | null;
  run(context: PassContext): Promise<PassEnd>;
  skips(observation: Observation): boolean;
}

export function readyList<T, M>(collection: Collection<T, M>): ReadyList {
  const { key, name } = collection;
  return {
    key,
    name,
    run: (context) => runPass(collection, context),
    skips: (observation) => collection.skips?.(observation) ?? false,
  };
}

/** A file of an export. */
export interface ExportedFile {
  /** Without a folder, and as a person would name it: what no system takes as a name is put right where it is written. */
  readonly name: string;
  /** How many things are in it. */
  readonly items: number;
  /**
   * Its text, piece by piece: no piece holds more than one thing, so that it can be told how far it is, and between any two
   * the daemon may see to something else. An empty piece only says that it goes on.
   */
  content(): Iterable<string>;
}

/** What a service mirrors, in the rows of one open file. */
export interface Mirror {
  /** The lists of an account, each named when its turn comes: what is in one may say which others there are. */
  lists(of: WayToGoogle & { accountId: string; clock: Clock; log: Log }): Iterable<ReadyList>;
  /** How many lists there are that a person has a name for, as far as is known. */
  listCount(accountId: string): number;
  /** Answers the questions of the contract about these accounts, or promises to. Params have been judged by its schema. */
  readonly answers: Readonly<Record<string, (accountIds: readonly string[], params: never) => unknown>>;
  /**
   * All that is kept of an account, to be read by other programs, and as Google sent it. Read while nothing else is asked of
   * the same mirror, and within one transaction.
   */
  exported(accountId: string): Iterable<ExportedFile>;
  /** Removes every row of an account. */
  erase(accountId: string): void;
}

/** A Google service, as far as the engine and the store have to know it. */
export interface Service<M extends Mirror = Mirror> {
  readonly contract: ServiceContract;
  /** Entry n brings its tables from version n to n + 1. Entries are never edited once released. */
  readonly migrations: readonly ((db: Database) => void)[];
  /** What a person is told the number of. */
  readonly counts: Readonly<Record<string, Counted>>;
  /** How many queries a day may be made for each account, where Google gives so few that they have to be shared. */
  readonly queriesPerDay?: number;
  /** In what something can be found. */
  readonly searchable: readonly Searchable[];
  /** How often it is synced, where the usual would use up what Google gives. */
  readonly pace?: Intervals;
  open(db: Database, cursors: CursorRows): M;
}

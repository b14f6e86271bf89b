/** What can be found of one row. */
export interface Finding {
  /** What the service's screen knows the thing by, as JSON. */
  readonly item: string;
  /** Cut for showing: see contract/shown-text.ts. */
  readonly title: string;
  /** Everything else in words. */
  readonly text: string;
  /** From when to when it matters, in epoch milliseconds; null for always. */
  readonly starts: number | null;
  readonly ends: number | null;
  /** Findings that name the same one are shown once, as the occurrences of a series are; null for one that stands alone. */
  readonly family: string | null;
}

/** Rows in which something can be found. */
export interface Searchable {
  /** Has a column `row INTEGER PRIMARY KEY` and one called `account_id`. */
  readonly table: string;
  /** What {@link Searchable.find} reads; a row of which nothing else has changed is not looked at again. */
  readonly columns: readonly string[];
  /** Null for a row in which nothing is to be found. What is in the row comes from Google, so it must not throw. */
  readonly find: (row: never) => Finding | null;
}

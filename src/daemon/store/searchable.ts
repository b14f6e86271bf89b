/**
 * Rows that are found by their words. Their table has a column `account_id` and an INTEGER PRIMARY KEY of its own. All else
 * is SQL over a row of that name, which is called OLD or NEW where a trigger uses it.
 */
export interface Searchable {
  readonly table: string;
  /** The condition by which a row is to be found; without one, every row is. */
  readonly where?: (row: string) => string;
  /** What the service's screen knows the thing by: text, at most 2,000 characters. */
  readonly item: (row: string) => string;
  /** What a person calls it: text. */
  readonly title: (row: string) => string;
  /** Everything else that it is to be found by: text. */
  readonly text: (row: string) => string;
  /** When it is, in epoch milliseconds; NULL where it is at no time. */
  readonly at: (row: string) => string;
}

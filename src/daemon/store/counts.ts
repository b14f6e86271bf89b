import type { Database } from 'better-sqlite3';

/** Rows that a person is told the number of. Their table has a column `account_id`. */
export interface Counted {
  readonly table: string;
  /** The condition, in SQL over a row of that name, by which a row counts; without one, every row does. */
  readonly where?: (row: string) => string;
}

/** What is counted of each service, by the words of the status. */
export type CountedOf = Readonly<Record<string, Readonly<Record<string, Counted>>>>;

const condition = ({ where }: Counted, row: string): string => (where ? `(${where(row)})` : '1');

/**
 * Has the numbers of rows kept along with the rows, in the same transaction: counting a table after every page costs as much
 * as there is in it. The triggers belong to this connection, which is the only one that writes. They see every INSERT,
 * UPDATE, DELETE and cascade, but not what REPLACE removes: https://www.sqlite.org/lang_conflict.html
 */
export function keepCounts(db: Database, counted: CountedOf): void {
  for (const [service, kinds] of Object.entries(counted))
    for (const [kind, rows] of Object.entries(kinds)) {
      const name = `"count ${service} ${kind}`;
      const own = `service = '${service}' AND kind = '${kind}'`;
      const [was, is] = [condition(rows, 'OLD'), condition(rows, 'NEW')];
      const more = `INSERT INTO counts VALUES (NEW.account_id, '${service}', '${kind}', 1)
        ON CONFLICT DO UPDATE SET amount = amount + 1;`;
      const less = `UPDATE counts SET amount = amount - 1 WHERE account_id = OLD.account_id AND ${own};`;
      db.exec(`
        CREATE TEMP TRIGGER ${name} in" AFTER INSERT ON main.${rows.table} WHEN ${is} BEGIN ${more} END;
        CREATE TEMP TRIGGER ${name} out" AFTER DELETE ON main.${rows.table} WHEN ${was} BEGIN ${less} END;`);
      if (!rows.where) continue;
      db.exec(`
        CREATE TEMP TRIGGER ${name} on" AFTER UPDATE ON main.${rows.table} WHEN ${is} AND NOT ${was} BEGIN ${more} END;
        CREATE TEMP TRIGGER ${name} off" AFTER UPDATE ON main.${rows.table} WHEN ${was} AND NOT ${is} BEGIN ${less} END;`);
    }
}

/** Counts the rows of a service anew: after its tables have changed, its numbers may be of other rows. */
export function countAnew(db: Database, service: string, counted: Readonly<Record<string, Counted>>): void {
  db.prepare<[string]>('DELETE FROM counts WHERE service = ?').run(service);
  for (const [kind, rows] of Object.entries(counted)) {
    const { table } = rows;
    db.prepare<[string, string]>(
      `INSERT INTO counts SELECT account_id, ?, ?, count(*) FROM ${table} WHERE ${condition(rows, table)} GROUP BY account_id`,
    ).run(service, kind);
  }
}

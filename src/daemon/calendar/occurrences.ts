import type { Database } from 'better-sqlite3';
import type { Position } from './position.ts';
import type { Stretch } from './stretch.ts';
import type { When } from './when.ts';

/** What an item of an agenda is made from. */
export interface AgendaRow {
  readonly row: number;
  readonly account_id: string;
  readonly id: string;
  readonly calendar_id: string;
  readonly calendar_name: string;
  readonly color: string;
  readonly time_zone: string | null;
  readonly busy_only: number;
  readonly labels: string;
  readonly series: number;
  readonly recurring_event_id: string | null;
  readonly outline: string;
}

/** One of them at one time. */
export interface Placed extends Position {
  readonly end: number;
  readonly source: AgendaRow;
  readonly incomplete: boolean;
}

export interface OccurrenceRows {
  /** What touches the stretch and comes after the position, in order, as far as it stands in rows; at most `limit`. */
  read(accountId: string, stretch: Stretch, after: Position | null, limit: number): Placed[];
  /** The series that may touch the stretch and do not stand in rows there. */
  unspread(accountId: string, stretch: Stretch): AgendaRow[];
  /** An event or a series, whether its calendar is shown or not; null where there is none. */
  source(accountId: string, calendarId: string, eventId: string): AgendaRow | null;
}

const fields = `e.row, e.account_id, e.id, e.calendar_id, c.name AS calendar_name, c.color, c.time_zone, c.busy_only,
  c.labels, e.series, e.recurring_event_id, e.outline`;
const calendar = 'JOIN calendars c ON c.account_id = e.account_id AND c.id = e.calendar_id AND c.shown = 1';

/** What is not long starts at most so much before it ends. */
const short = 26 * 3_600_000;
/** Before and after every row. */
const noRow = -1;
const anyRow = Number.MAX_SAFE_INTEGER;

type Found = AgendaRow & { readonly start_at: number; readonly end_at: number };
type Bounds = [accountId: string, allDay: number, start: number, row: number, limit: number];

export function occurrenceRows(db: Database): OccurrenceRows {
  /** Rows in their order, from behind a start and a row on. */
  const select = (condition: string, index = 'occurrences_by_start') =>
    db.prepare<[Record<string, number>, ...Bounds], Found>(`
      SELECT ${fields}, o.start_at, o.end_at FROM occurrences o INDEXED BY ${index}
      JOIN events e ON e.row = o.event ${calendar}
      WHERE o.account_id = ? AND o.all_day = ? AND (o.start_at, o.event) > (?, ?) AND ${condition}
        AND (e.series = 0 OR (e.spread_from <= @aroundFrom AND e.spread_to >= @aroundTo))
      ORDER BY o.start_at, o.event LIMIT ?`);
  const within = select('o.start_at < @to AND @from IS NOT NULL');
  const running = select('o.start_at < @from AND o.end_at > @from AND @to IS NOT NULL AND o.long = 0');
  const runningLong = select(
    'o.start_at < @from AND o.end_at > @from AND @to IS NOT NULL AND o.long = 1',
    'occurrences_long',
  );
  const unspread = db.prepare<[Record<string, number>, string, string], AgendaRow>(`
    SELECT ${fields} FROM events e ${calendar}
    WHERE e.row IN (
      SELECT row FROM events WHERE account_id = ? AND series = 1 AND cancelled = 0 AND spread_to < @to
        AND end_at >= @from AND start_at < @to
      UNION
      SELECT row FROM events WHERE account_id = ? AND series = 1 AND cancelled = 0 AND spread_from > @from
        AND end_at >= @from AND start_at < @to)`);

  const source = db.prepare<[string, string, string], AgendaRow>(`
    SELECT ${fields} FROM events e JOIN calendars c ON c.account_id = e.account_id AND c.id = e.calendar_id
    WHERE e.account_id = ? AND e.calendar_id = ? AND e.id = ? AND e.cancelled = 0`);

  return {
    source: (...key) => source.get(...key) ?? null,
    read(accountId, stretch, after, limit) {
      return (['all-day', 'timed'] as const).flatMap((kind) => {
        const { from, to } = stretch[kind];
        const named = { from, to, aroundFrom: stretch.around.from, aroundTo: stretch.around.to };
        const behind = boundOf(kind, after, stretch);
        const rows = (statement: typeof within, start: number): Found[] => {
          const [at, row] = laterOf(behind, [start, noRow]);
          return statement.all(named, accountId, Number(kind === 'all-day'), at, row, limit);
        };
        const found = [
          ...rows(runningLong, Number.MIN_SAFE_INTEGER),
          ...rows(running, from - short),
          ...rows(within, from),
        ];
        return found.map((each) => placedFrom(each, kind, stretch));
      });
    },
    unspread: (accountId, { around: { from, to } }) => unspread.all({ from, to }, accountId, accountId),
  };
}

function placedFrom({ start_at: start, end_at: end, ...source }: Found, kind: When['kind'], stretch: Stretch): Placed {
  const at = kind === 'all-day' ? stretch.midnight(start) : start;
  return { at, kind, row: source.row, start, end, source, incomplete: false };
}

type Bound = readonly [start: number, row: number];

const laterOf = (a: Bound, b: Bound): Bound => (a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]) ? a : b);

/** Behind which start and row things of a kind come after a position. */
function boundOf(kind: When['kind'], after: Position | null, stretch: Stretch): Bound {
  if (after === null) return [Number.MIN_SAFE_INTEGER, noRow];
  if (after.kind === kind) return [after.start, after.row];
  // Of the same moment, timed things come after all-day ones.
  return kind === 'timed' ? [after.at, noRow] : [stretch.dayAt(after.at), anyRow];
}

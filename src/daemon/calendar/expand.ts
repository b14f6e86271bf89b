import type { AgendaRow, Placed } from './occurrences.ts';
import { type Outline, readOutline } from './outline.ts';
import { occurrences, onceIn, stepsFor } from './series.ts';
import type { Stretch } from './stretch.ts';
import { readWhen, type When } from './when.ts';

/** Of one series in one agenda: two weeks of 24 times a day, or more than a year of days. */
const limitOfSeries = 400;

/** A series that costs no more, in steps, is always looked at: a person has some thousands of them at most. */
const cheap = 100;

/** What all others may cost in one agenda: a few seconds. */
const mostSteps = 200_000;

/** A series, with what it would cost to find out when it is. */
interface Series {
  readonly source: AgendaRow;
  readonly outline: Outline;
  readonly first: When;
  readonly steps: number;
}

/**
 * When series are within a stretch, by their rules. Those that cost much stand at their own start only, once there have
 * been too many of them: the cheap ones come first, so that what strangers make costly is what is left.
 * `exceptionsOf` answers the starts that have a row of their own.
 * @throws {StorageError}
 */
export function expandSeries(
  rows: readonly AgendaRow[],
  stretch: Stretch,
  exceptionsOf: (row: AgendaRow) => readonly number[],
): { readonly placed: Placed[]; readonly skipped: number } {
  const series = rows.flatMap((source) => readSeries(source, stretch)).sort((a, b) => a.steps - b.steps);
  let spent = 0;
  let skipped = 0;
  const placed = series.flatMap((each) => {
    if (each.steps > cheap) spent += each.steps;
    const affordable = each.steps <= cheap || spent <= mostSteps;
    if (!affordable) skipped += 1;
    return place(each, stretch, new Set(exceptionsOf(each.source)), affordable);
  });
  return { placed, skipped };
}

function readSeries(source: AgendaRow, stretch: Stretch): Series[] {
  const outline = readOutline(source.outline);
  const first = readWhen(outline, source.time_zone);
  if (first === null) return [];
  const { from, to } = reaching(first, stretch);
  const steps = outline.recurrence === null ? 0 : stepsFor(first, outline.recurrence, from, to);
  return [{ source, outline, first, steps }];
}

/** Where what touches the stretch may start. */
function reaching(first: When, stretch: Stretch): { from: number; to: number } {
  const { from, to } = stretch[first.kind];
  return { from: from - (first.end - first.start), to };
}

function place(
  { source, outline, first }: Series,
  stretch: Stretch,
  exceptions: ReadonlySet<number>,
  affordable: boolean,
): Placed[] {
  const { from, to } = reaching(first, stretch);
  const found =
    outline.recurrence !== null && affordable
      ? occurrences(first, outline.recurrence, from, to, limitOfSeries + exceptions.size)
      : onceIn(first, from, to);
  const own = found.starts.filter((start) => !exceptions.has(start));
  const incomplete = !found.complete || own.length > limitOfSeries;
  return own
    .slice(0, limitOfSeries)
    .map((start) => ({ start, end: start + first.end - first.start }))
    .filter((when) => touches(when, stretch[first.kind].from, to))
    .map(({ start, end }) => {
      const at = first.kind === 'all-day' ? stretch.midnight(start) : start;
      return { at, kind: first.kind, row: source.row, start, end, source, incomplete };
    });
}

/** An event without length is where it starts; every other one is everywhere it lasts. */
function touches({ start, end }: { start: number; end: number }, from: number, to: number): boolean {
  return start < to && (end > from || (start === end && start >= from));
}

import type { AgendaRow, Placed } from './occurrences.ts';
import { type Outline, readOutline } from './outline.ts';
import { mostOfOne, occurrences } from './series.ts';
import { type Steps, stepsUpTo } from './steps.ts';
import type { Stretch } from './stretch.ts';
import { readWhen, type When } from './when.ts';

/** Of one series in one agenda: two weeks of 24 times a day, or more than a year of days. */
const limitOfSeries = 400;

/** What a person's own series cost, in steps; all are looked at so far before any is looked at further. */
const usual = 5_000;

/** What all may cost together in one agenda: a second or two, in which others have their turn. */
const mostSteps = 10_000_000;

/** After so many steps others have their turn: some milliseconds. */
const stretchOfSteps = 20_000;

/** What reading one from its row costs, in steps. */
const reading = 200;

/** A series, and when it first is. */
interface Series {
  readonly source: AgendaRow;
  readonly outline: Outline;
  readonly first: When;
  readonly exceptions: ReadonlySet<number>;
}

/**
 * When series are within a stretch, by their rules. All are looked into as far as a usual one needs, then those further that
 * need it, so that what strangers make costly is what is left: `skipped` tells how many may have more in it and do not say so. `exceptionsOf` answers the starts that have a row of their own. Yields where others may have their turn.
 * @throws {StorageError}
 */
export function* expandSeries(
  rows: readonly AgendaRow[],
  stretch: Stretch,
  exceptionsOf: (row: AgendaRow) => readonly number[],
): Generator<void, { readonly placed: Placed[]; readonly skipped: number }> {
  const purse = stepsUpTo(mostSteps);
  const placed: Placed[] = [];
  const costly: { readonly series: Series; readonly sofar: readonly Placed[] }[] = [];
  let skipped = 0;
  let turn = 0;
  function* breathe(): Generator<void, void> {
    if (purse.spent() - turn < stretchOfSteps) return;
    turn = purse.spent();
    yield;
  }
  for (const row of rows) {
    purse.take(reading);
    yield* breathe();
    const series = readSeries(row, exceptionsOf);
    if (series === null) continue;
    const steps = stepsUpTo(usual, purse);
    const found = place(series, stretch, steps);
    if (purse.spent() >= mostSteps) {
      placed.push(...found);
      skipped += 1;
    } else if (steps.spent() < usual) placed.push(...found);
    else costly.push({ series, sofar: found });
  }
  for (const { series, sofar } of costly) {
    yield* breathe();
    const affordable = purse.take(1);
    const steps = stepsUpTo(mostOfOne, purse);
    const found = affordable ? place(series, stretch, steps) : sofar;
    placed.push(...found);
    // What shows nothing could not say by itself that there may be more.
    if (!affordable || (found.length === 0 && steps.spent() >= mostOfOne)) skipped += 1;
  }
  return { placed, skipped };
}

function readSeries(source: AgendaRow, exceptionsOf: (row: AgendaRow) => readonly number[]): Series | null {
  const outline = readOutline(source.outline);
  const first = readWhen(outline, source.time_zone);
  return first === null ? null : { source, outline, first, exceptions: new Set(exceptionsOf(source)) };
}

function place({ source, outline, first, exceptions }: Series, stretch: Stretch, steps: Steps): Placed[] {
  const { kind } = first;
  const found = occurrences(first, outline.recurrence, stretch[kind], { limit: limitOfSeries, exceptions, steps });
  return found.occurrences.map(({ start, end }) => {
    const at = kind === 'all-day' ? stretch.midnight(start) : start;
    return { at, kind, row: source.row, start, end, source, incomplete: !found.complete };
  });
}

import { z } from 'zod';
import type { AgendaItem } from '../../contract/calendar.ts';
import type { CalendarLook } from './calendars.ts';
import type { Outline } from './outline.ts';

/** Google's own colours of events, by `colorId`: https://developers.google.com/workspace/calendar/api/v3/reference/colors */
const colors: ReadonlyMap<string, string> = new Map([
  ['1', '#a4bdfc'],
  ['2', '#7ae7bf'],
  ['3', '#dbadff'],
  ['4', '#ff887c'],
  ['5', '#fbd75b'],
  ['6', '#ffb878'],
  ['7', '#46d6db'],
  ['8', '#e1e1e1'],
  ['9', '#5484ed'],
  ['10', '#51b749'],
  ['11', '#dc2127'],
]);

const Labels = z
  .record(z.string(), z.string().regex(/^#[0-9a-f]{6}$/))
  .catch({})
  .transform((labels) => new Map(Object.entries(labels)));

/** How an event is told apart from others at a glance. A label's colour takes the place of the older `colorId`. */
export function lookOf(
  outline: Outline,
  calendar: Pick<CalendarLook, 'color' | 'busy_only' | 'labels'>,
): Pick<AgendaItem, 'color' | 'kind' | 'title' | 'answer' | 'busyOnly' | 'tentative'> {
  const { kind, answer, tentative } = outline;
  const busyOnly = calendar.busy_only === 1 || outline.hidden;
  return {
    color: labelColor(outline.label, calendar.labels) ?? colors.get(outline.colorId ?? '') ?? calendar.color,
    kind,
    title: busyOnly ? 'Busy' : outline.title || '(No title)',
    answer,
    busyOnly,
    tentative,
  };
}

function labelColor(label: string | null, labels: string): string | null {
  if (label === null) return null;
  return Labels.parse(parseJson(labels)).get(label) ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

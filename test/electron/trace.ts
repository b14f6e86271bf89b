import { appendFileSync } from 'node:fs';

export interface TraceLine {
  readonly direction: 'renderer->main' | 'main->renderer' | 'app->system';
  readonly channel: string;
  readonly payload: unknown;
}

const file = process.env['MOORING_STANDIN_TRACE'];

/** Appends a line for each message that crosses between renderer and main, and for each request to the system. */
export function trace(line: TraceLine): void {
  if (file) appendFileSync(file, `${JSON.stringify(line, plain)}\n`);
}

/** JSON has no words for some values that structured clone carries. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Map || value instanceof Set) return [...value];
  if (value instanceof Error) return { name: value.name, message: value.message };
  return value;
}

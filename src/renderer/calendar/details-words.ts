import type { Answer, EventDetails, Guest } from '../../contract/calendar.ts';

const periods: ReadonlyMap<string, string> = new Map([
  ['DAILY', 'day'],
  ['WEEKLY', 'week'],
  ['MONTHLY', 'month'],
  ['YEARLY', 'year'],
]);

/** How often a series repeats, from the lines of its recurrence (RFC 5545, section 3.3.10); null for no series. */
export function repeatsWords(lines: readonly string[]): string | null {
  if (lines.length === 0) return null;
  const [rule, ...others] = lines.filter((line) => line.toUpperCase().startsWith('RRULE'));
  const period = periods.get(/FREQ=(\w+)/i.exec(rule ?? '')?.[1]?.toUpperCase() ?? '');
  if (period === undefined || others.length > 0) return 'by rules of its own';
  const interval = Number(/INTERVAL=(\d+)/i.exec(rule ?? '')?.[1] ?? 1);
  return interval === 1 ? `every ${period}` : `every ${interval} ${period}s`;
}

export const answerWords: Readonly<Record<Answer, string>> = {
  accepted: 'coming',
  declined: 'not coming',
  tentative: 'maybe',
  unanswered: 'no answer yet',
};

export const ownAnswerWords: Readonly<Record<Answer, string>> = {
  accepted: 'You are coming',
  declined: 'You declined',
  tentative: 'You said maybe',
  unanswered: 'You have not answered',
};

/** What is said of a guest beside the name. */
export function guestWords({ answer, self, organizer, optional, resource }: Guest): string {
  return [
    answerWords[answer],
    self ? 'you' : null,
    organizer ? 'organiser' : null,
    optional ? 'optional' : null,
    resource ? 'room or equipment' : null,
  ]
    .filter((word) => word !== null)
    .join(' · ');
}

const units = [
  ['week', 10_080],
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const;

/** "10 minutes before, on screen" */
export function reminderWords(
  locale: string | undefined,
  { method, minutes }: NonNullable<EventDetails['reminders']>[number],
): string {
  const [unit, length] = units.find(([, size]) => minutes >= size && minutes % size === 0) ?? units[3];
  const long = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(minutes / length);
  return `${long} before, ${method === 'email' ? 'by mail' : 'on screen'}`;
}

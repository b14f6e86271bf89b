import { addDays, dayTeller } from '../common/days.ts';

export const isPaused = (pausedUntil: number | null, now: number): boolean => pausedUntil !== null && pausedUntil > now;

/** Says when a pause ends, in the reader's way of writing times: "14:32", "tomorrow at 7:00", "Friday 16 May at 7:00". */
export function pauseEnds(locale: string | undefined, timeZone: string): (at: number, now: number) => string {
  const dayOf = dayTeller(timeZone);
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
  return (at, now) => {
    const today = dayOf(now);
    switch (dayOf(at)) {
      case today:
        return time.format(at);
      case addDays(today, 1):
        return `tomorrow at ${time.format(at)}`;
      default:
        // Somebody has set the clock back.
        return `${day.format(at)} at ${time.format(at)}`;
    }
  };
}

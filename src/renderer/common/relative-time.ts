const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** "2 minutes ago". The clock behind `now` may be a little late, so what has just happened may seem to lie ahead. */
export function ago(moment: number, now: number): string {
  const gone = now - moment;
  return gone < 10_000 ? 'just now' : inWords(gone, -1);
}

/** "in 40 seconds". What is overdue is still to come: it is about to start, or waits for something in its way. */
export function until(moment: number, now: number): string {
  const ahead = moment - now;
  return ahead < 10_000 ? 'in a moment' : inWords(ahead, 1);
}

/** Whole units only. Seconds go in steps of ten: a figure that changes all the time draws the eye to nothing. */
function inWords(distance: number, sign: 1 | -1): string {
  const [unit, length, step] = scale(distance);
  return relative.format(sign * Math.floor(distance / (length * step)) * step, unit);
}

function scale(distance: number): [unit: 'second' | 'minute' | 'hour' | 'day', length: number, step: number] {
  if (distance < minute) return ['second', 1_000, 10];
  if (distance < hour) return ['minute', minute, 1];
  if (distance < day) return ['hour', hour, 1];
  return ['day', day, 1];
}

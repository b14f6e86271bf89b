/** The two forms that name their zone, and the oldest, which names none. */
const withZone = /^[A-Z][a-z]+, .+ GMT$/;
const withoutZone = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/;

/**
 * A date of HTTP in epoch milliseconds; null for what is none. All three forms are of the zone GMT, and nothing but them is
 * taken: `Date.parse` makes something of nearly any word, and of the oldest form a local time.
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function readDate(text: string): number | null {
  if (!withZone.test(text) && !withoutZone.test(text)) return null;
  const instant = Date.parse(withZone.test(text) ? text : `${text} GMT`);
  return Number.isNaN(instant) ? null : instant;
}

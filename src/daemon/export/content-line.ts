/** What a line may have behind its name; null and undefined are left out. */
export type Parameters = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** Line breaks of every kind, those that only some readers take for one too. */
const breaks = /\r\n?|[\n\u0085\u2028\u2029]/gu;
/** No text may hold these: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11 */
const controls = /(?!\t)\p{Cc}|[\u2028\u2029]/gu;

/**
 * A line of iCalendar or vCard, folded, with its end; without a value there is no line. The value is written as it is, apart from what would end the line: text
 * of others goes through {@link escapeText} first. https://www.rfc-editor.org/rfc/rfc5545#section-3.1,
 * https://www.rfc-editor.org/rfc/rfc6350#section-3.3
 */
export function contentLine(name: string, value: string | null | undefined, parameters: Parameters = {}): string {
  if (!value) return '';
  const written = Object.entries(parameters).flatMap(([key, given]) => {
    const values = given === null || given === undefined ? [] : typeof given === 'string' ? [given] : given;
    return values.length === 0 ? [] : [`;${key}=${values.map(parameterValue).join(',')}`];
  });
  return fold(`${name}${written.join('')}:${value}`.toWellFormed().replaceAll(controls, ''));
}

/** A line whose value is text. */
export const textLine = (name: string, text: string | null | undefined, parameters?: Parameters): string =>
  contentLine(name, text && escapeText(text), parameters);

/** Text as a value: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11, https://www.rfc-editor.org/rfc/rfc6350#section-3.4 */
export function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(breaks, '\\n');
}

/** Quotation marks and line breaks in a parameter are written as https://www.rfc-editor.org/rfc/rfc6868 has it. */
function parameterValue(text: string): string {
  const safe = text.replaceAll('^', '^^').replaceAll('"', "^'").replaceAll(breaks, '^n');
  return /[;:,]/.test(safe) ? `"${safe}"` : safe;
}

/** At most 75 octets a line, the blank that begins the next one included; never cut inside a character. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= 75) return `${line}\r\n`;
  const bytes = Buffer.from(line);
  const lines: string[] = [];
  let from = 0;
  while (from < bytes.length) {
    let to = Math.min(bytes.length, from + (from === 0 ? 75 : 74));
    // 10xxxxxx goes on with the character before it.
    while (to < bytes.length && ((bytes[to] ?? 0) & 0xc0) === 0x80) to -= 1;
    lines.push(bytes.toString('utf8', from, to));
    from = to;
  }
  return `${lines.join('\r\n ')}\r\n`;
}

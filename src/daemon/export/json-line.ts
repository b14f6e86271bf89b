/**
 * What Google sent of one thing, on a line of its own: `{"list":…,"body":…}`, `list` being Google's id of the list that it is
 * in, or null for what is in none, such as a list itself. https://jsonlines.org
 */
export const jsonLine = (list: string | null, body: string): string =>
  `{"list":${JSON.stringify(list)},"body":${body}}\n`;

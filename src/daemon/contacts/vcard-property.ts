import { contentLine, escapeText, type Parameters, textLine } from '../export/content-line.ts';

/** A property before it is a line: `value` is escaped already. */
export interface Property {
  readonly name: string;
  readonly value: string | null | undefined;
  readonly parameters?: Parameters;
  /** What a person called it, where vCard has no TYPE for that. */
  readonly label?: string | null | undefined;
}

interface Labelled {
  readonly type?: string | null | undefined;
  readonly formattedType?: string | null | undefined;
  readonly metadata?: { readonly primary?: boolean | null | undefined } | null | undefined;
}

/** Google's types as https://www.rfc-editor.org/rfc/rfc6350#section-5.6 and section 6.4.1 have them. */
const types: ReadonlyMap<string, readonly string[]> = new Map([
  ['home', ['home']],
  ['work', ['work']],
  ['mobile', ['cell']],
  ['workMobile', ['work', 'cell']],
  ['homeFax', ['home', 'fax']],
  ['workFax', ['work', 'fax']],
  ['otherFax', ['fax']],
  ['pager', ['pager']],
  ['workPager', ['work', 'pager']],
]);

/** A property of which a person may have several, with what it is to them. */
export function labelled(
  name: string,
  value: string | null | undefined,
  of: Labelled,
  parameters: Parameters = {},
): Property {
  const type = types.get(of.type ?? '');
  const primary = of.metadata?.primary === true ? '1' : null;
  return {
    name,
    value,
    parameters: { TYPE: type, PREF: primary, ...parameters },
    label: type === undefined ? of.formattedType || of.type : null,
  };
}

/** A property whose value is text. */
export const textProperty = (name: string, text: string | null | undefined, parameters?: Parameters): Property => ({
  name,
  value: text && escapeText(text),
  ...(parameters && { parameters }),
});

/** Components of a value, each of them text; null where all are empty. */
export function structured(parts: readonly (string | null | undefined)[]): string | null {
  return parts.some(Boolean) ? parts.map((part) => escapeText(part ?? '')).join(';') : null;
}

/** The lines of properties. A label stands beside its property in a group of their own, as Apple began and all others read. */
export function propertyLines(properties: readonly Property[]): string {
  let groups = 0;
  return properties
    .filter(({ value }) => value)
    .map(({ name, value, parameters, label }) => {
      if (!label) return contentLine(name, value, parameters);
      groups += 1;
      return contentLine(`item${groups}.${name}`, value, parameters) + textLine(`item${groups}.X-ABLabel`, label);
    })
    .join('');
}

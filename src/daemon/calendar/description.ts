import { Parser } from 'htmlparser2';
import type { Block, Run } from '../../contract/calendar.ts';
import { shownText } from '../../contract/shown-text.ts';
import { WebAddress } from '../../contract/web-address.ts';

/** Google takes 8,192 characters; what is longer is cut, and said to be. */
const longest = 20_000;
const mostBlocks = 2_000;
const mostRuns = 1_000;
const longestAddress = 2_000;

/** Elements that begin a line of their own. */
const blocks = new Set([
  'p',
  'div',
  'br',
  'ul',
  'ol',
  'tr',
  'table',
  'blockquote',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'hr',
]);
/** Elements whose text is none. */
const silent = new Set([
  'script',
  'style',
  'title',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'textarea',
]);

/** A description as it may be shown: paragraphs, entries of lists, and links that lead where they say. Never HTML. */
export interface Description {
  readonly blocks: readonly Block[];
  /** Whether there was more. */
  readonly cut: boolean;
}

/**
 * Reads a description, which Google gives as text or as HTML of whoever wrote it. Only text, lines, entries and links with
 * an https, http, mailto or tel address come through.
 */
export function readDescription(html: string): Description {
  // A tag that the cut goes through would be read as text.
  const seen = html.length > longest ? html.slice(0, longest).replace(/<[^<>]*$/, '') : html;
  const found: { kind: Block['kind']; runs: Run[] }[] = [];
  let current: { kind: Block['kind']; runs: Run[] } = { kind: 'paragraph', runs: [] };
  let href: string | null = null;
  let silence = 0;

  function breakLine(kind: Block['kind'] = 'paragraph'): void {
    if (current.runs.some(({ text }) => text.trim() !== '')) found.push(current);
    current = { kind, runs: [] };
  }

  function say(text: string): void {
    // In HTML as in text, a person who writes lines means lines.
    for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
      if (index > 0) breakLine();
      const shown = shownText(line, 10_000);
      if (shown === '') continue;
      const last = current.runs.at(-1);
      // The parser hands an entity over by itself.
      if (last?.href === href)
        current.runs[current.runs.length - 1] = { text: shownText(last.text + shown, 10_000), href };
      else if (current.runs.length < mostRuns) current.runs.push({ text: shown, href });
    }
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (silent.has(name)) silence += 1;
        else if (name === 'li') breakLine('entry');
        else if (blocks.has(name)) breakLine();
        else if (name === 'a') href = readAddress(attributes['href']);
      },
      onclosetag(name) {
        if (silent.has(name)) silence = Math.max(0, silence - 1);
        else if (name === 'li' || blocks.has(name)) breakLine();
        else if (name === 'a') href = null;
      },
      ontext(text) {
        if (silence === 0) say(text);
      },
    },
    { decodeEntities: true },
  );
  parser.write(seen);
  parser.end();
  breakLine();
  return { blocks: found.slice(0, mostBlocks), cut: html.length > longest || found.length > mostBlocks };
}

/** An address that a link may show; null for one that is none, or leads anywhere but to a page, a letter or a telephone. */
export function readAddress(text: string | null | undefined): string | null {
  if (!text || text.length > longestAddress || !URL.canParse(text.trim())) return null;
  const url = new URL(text.trim());
  if (url.username !== '' || url.password !== '') return null;
  // URL leaves blanks where they are in what has no host, such as a letter's address.
  const read = WebAddress.safeParse(url.href.replaceAll(' ', '%20'));
  return read.success ? read.data : null;
}

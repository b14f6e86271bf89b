/** Windows takes none of these, in whatever folder: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\.)/i;
/** What cannot be seen, would change the order of what is beside it, or has a meaning to some system; joiners are in letters. */
const unsafe = /(?:(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*])+/gu;
/** File systems take 255 octets or units; there has to be room for a number and a temporary name. */
const longest = 180;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A name under which every system keeps a file or a folder, as near to the given one as can be. */
export function safeName(name: string): string {
  const extension = /\.[a-z]{1,6}$/.exec(name)?.[0] ?? '';
  const stem = name
    .slice(0, name.length - extension.length)
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(unsafe, '_')
    .replace(/^[\s.]+/, '');
  const cut = beginning(stem, longest - extension.length).replace(/[\s.]+$/, '') || 'Untitled';
  return (reserved.test(cut) ? `_${cut}` : cut) + extension;
}

function beginning(text: string, octets: number): string {
  let length = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text.slice(0, 4 * octets))) {
    length += Buffer.byteLength(segment);
    if (length > octets) return text.slice(0, end);
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Gives each file of a folder a name of its own; names that differ in case only are one to some systems. */
export function namesInFolder(taken: readonly string[]): (name: string) => string {
  const used = new Set(taken.map(folded));
  return (name) => {
    const safe = safeName(name);
    const [, stem = safe, extension = ''] = /^(.*?)(\.[a-z]{1,6})?$/.exec(safe) ?? [];
    let candidate = safe;
    for (let n = 2; used.has(folded(candidate)); n += 1) candidate = `${stem} (${n})${extension}`;
    used.add(folded(candidate));
    return candidate;
  };
}

/** Letters such as ß have no small form of one letter, so both ways are gone. */
const folded = (name: string): string => name.toUpperCase().toLowerCase().normalize('NFC');

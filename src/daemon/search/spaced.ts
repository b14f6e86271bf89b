/** Chinese and Japanese, which write words without spaces: https://www.unicode.org/charts/ */
export const signs =
  /[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]/gu;

/**
 * A text as it is indexed: each Chinese or Japanese character is a word by itself, so that words inside a run of them are
 * found as phrases. FTS5 takes the whole run for one word: https://www.sqlite.org/fts5.html#unicode61_tokenizer
 */
export const spaced = (text: string): string => text.replaceAll(signs, ' $& ');

import type { Tone } from '../account/connection-words.ts';

/** A judgement in a word; the colour only underlines it. */
export function Verdict({ words, tone }: { words: string; tone: Tone }) {
  return (
    <span className="verdict" data-tone={tone}>
      <span className="dot" aria-hidden="true" />
      {words}
    </span>
  );
}

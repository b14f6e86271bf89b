import type { Tone } from '../common/tone.ts';

/** A judgement in a word; the colour only underlines it. */
export function Verdict({ words, tone }: { words: string; tone: Tone }) {
  return (
    <span className="verdict" data-tone={tone}>
      <span className="dot" aria-hidden="true" />
      {words}
    </span>
  );
}

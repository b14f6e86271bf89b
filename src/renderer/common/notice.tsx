import type { Problem } from '../../contract/problem.ts';

/** A problem in its own words, announced as it appears; it goes with the next action. */
export function Notice({ problem }: { problem: Problem | null }) {
  if (!problem) return null;
  return (
    <p className="notice" role="alert" data-code={problem.code}>
      {problem.sentence}
    </p>
  );
}

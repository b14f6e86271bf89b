import { useNow } from './use-now.ts';

interface Props {
  readonly at: number;
  /** Puts the moment's distance from now into words. */
  readonly words: (at: number, now: number) => string;
}

/** A moment told by its distance from now; the exact time shows on pointing at it. */
export function Moment({ at, words }: Props) {
  // Words go in steps of ten seconds or more, so none is late by more than half a step.
  const now = useNow(5_000);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact.format(at)}>
      {words(at, now)}
    </time>
  );
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

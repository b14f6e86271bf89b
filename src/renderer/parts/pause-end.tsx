import { useMemo } from 'react';
import { pauseEnds } from '../words/pause-words.ts';
import { Moment } from './moment.tsx';

/** When a pause ends. */
export function PauseEnd({ at }: { at: number }) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return <Moment at={at} words={useMemo(() => pauseEnds(undefined, timeZone), [timeZone])} />;
}

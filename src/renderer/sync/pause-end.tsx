import { useMemo } from 'react';
import { Moment } from '../common/moment.tsx';
import { pauseEnds } from './pause-words.ts';

/** When a pause ends. */
export function PauseEnd({ at }: { at: number }) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return <Moment at={at} words={useMemo(() => pauseEnds(undefined, timeZone), [timeZone])} />;
}

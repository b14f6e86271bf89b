import { useEffect, useRef, useState } from 'react';
import { Agenda, type AgendaRequest } from '../../contract/agenda.ts';
import type { Problem } from '../../contract/problem.ts';
import { answer } from '../common/bridge.ts';
import { oneAtATime } from '../common/one-at-a-time.ts';

interface Shown {
  readonly range: AgendaRequest;
  readonly agenda: Agenda;
}

const unreadable: Problem = {
  code: 'agenda-unreadable',
  sentence: 'The agenda could not be read. Quit Mooring and open it again.',
};

/**
 * The agenda of a range, read again whenever `version` changes. What is shown stays until the next answer is there; an
 * answer for a range that is no longer wanted is dropped.
 */
export function useAgenda({ from, to, timeZone }: AgendaRequest, version: string) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wanted = useRef<AgendaRequest | null>(null);

  const [load] = useState(() =>
    oneAtATime(async (range: AgendaRequest) => {
      const reply = await answer(window.mooring.getAgenda(range));
      if (!wanted.current || !sameRange(wanted.current, range)) return;
      if (!reply.ok) return setProblem(reply.problem);
      const agenda = Agenda.safeParse(reply.value);
      if (!agenda.success) return setProblem(unreadable);
      setShown({ range, agenda: agenda.data });
      setProblem(null);
    }),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks the same question again.
  useEffect(() => {
    const range = { from, to, timeZone };
    wanted.current = range;
    load(range);
    return () => {
      wanted.current = null;
    };
  }, [from, to, timeZone, version, load]);

  const current = shown !== null && sameRange(shown.range, { from, to, timeZone });
  // Days of another range under an error about this one would mislead.
  return { shown: problem && !current ? null : shown, problem, loading: !current && !problem };
}

const sameRange = (a: AgendaRequest, b: AgendaRequest): boolean =>
  a.from === b.from && a.to === b.to && a.timeZone === b.timeZone;

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { z } from 'zod';
import type { Problem } from '../../contract/problem.ts';
import type { Reply } from '../../contract/window.ts';
import { answer } from './bridge.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Something that main can be asked, and how its answer is read. */
export interface Query<P, R> {
  readonly ask: (params: P) => Promise<Reply<unknown>>;
  readonly result: z.ZodType<R>;
  /** What is said of an answer that does not parse. */
  readonly unreadable: Problem;
}

interface Answered<P, R> {
  readonly key: string;
  readonly params: P;
  readonly result: R;
}

/**
 * The answer to a query that is always the same one, asked again whenever its params or `version` change, or somebody
 * calls `reload`. It is asked one time after another, so that an older answer never takes the place of a newer one. What
 * is shown stays until the next answer is there, and `current` says whether it is about these params; an answer about
 * params that are no longer wanted is dropped.
 */
export function useQuery<P, R>(query: Query<P, R>, params: P, version: string) {
  const key = JSON.stringify(params);
  const [answered, setAnswered] = useState<Answered<P, R> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wanted = useRef<string | null>(null);

  const [load] = useState(() =>
    oneAtATime(async (wish: { readonly key: string; readonly params: P }) => {
      const reply = await answer(query.ask(wish.params));
      if (wanted.current !== wish.key) return;
      if (!reply.ok) return setProblem(reply.problem);
      const read = query.result.safeParse(reply.value);
      if (!read.success) return setProblem(query.unreadable);
      setAnswered({ ...wish, result: read.data });
      setProblem(null);
    }),
  );

  const reload = () => load({ key, params });
  const ask = useEffectEvent(reload);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks the same question again.
  useEffect(() => {
    wanted.current = key;
    ask();
    return () => {
      wanted.current = null;
    };
  }, [key, version]);

  const current = answered?.key === key;
  // An answer about other params under an error about these would mislead.
  return { shown: problem && !current ? null : answered, current, problem, reload };
}

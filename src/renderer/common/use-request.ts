import { useState } from 'react';
import type { Problem } from '../../contract/problem.ts';
import type { Reply } from '../../contract/window.ts';
import { answer } from './bridge.ts';

/** A request made by pressing something: whether it is under way, and why the last one failed. */
export function useRequest<A extends readonly unknown[], T>(request: (...params: A) => Promise<Reply<T>>) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function run(...params: A): Promise<Reply<T>> {
    setPending(true);
    setProblem(null);
    const reply = await answer(request(...params));
    setPending(false);
    setProblem(reply.ok ? null : reply.problem);
    return reply;
  }

  return { run, pending, problem, forget: () => setProblem(null) };
}

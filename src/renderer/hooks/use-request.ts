import { useState } from 'react';
import type { Problem } from '../../contract/problem.ts';
import type { Reply } from '../../contract/window.ts';
import { answer } from '../bridge.ts';

/** A request made by pressing something: whether it is under way, and why the last one failed. */
export function useRequest<A extends readonly unknown[]>(request: (...params: A) => Promise<Reply<null>>) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  /** Answers whether it went through. */
  async function run(...params: A): Promise<boolean> {
    setPending(true);
    setProblem(null);
    const reply = await answer(request(...params));
    setPending(false);
    setProblem(reply.ok ? null : reply.problem);
    return reply.ok;
  }

  return { run, pending, problem, forget: () => setProblem(null) };
}

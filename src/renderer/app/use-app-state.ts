import { useEffect, useState } from 'react';
import type { Problem } from '../../contract/problem.ts';
import { AppState } from '../../contract/state.ts';
import { answer } from '../common/bridge.ts';

export type Heard =
  | { readonly kind: 'nothing-yet' }
  | { readonly kind: 'state'; readonly state: AppState }
  | { readonly kind: 'problem'; readonly problem: Problem };

const unreadable: Problem = {
  code: 'state-unreadable',
  sentence:
    'This window and the rest of Mooring do not understand each other. Your copy is safe on this computer. ' +
    'Quit Mooring and open it again; if that does not help, install it again.',
};

function read(raw: unknown): Heard {
  const parsed = AppState.safeParse(raw);
  return parsed.success ? { kind: 'state', state: parsed.data } : { kind: 'problem', problem: unreadable };
}

/** What main last said. */
export function useAppState(): Heard {
  const [heard, setHeard] = useState<Heard>({ kind: 'nothing-yet' });

  useEffect(() => {
    // Whatever main says by itself is newer than the answer to the first question.
    let spoken = false;
    const stop = window.mooring.onState((raw) => {
      spoken = true;
      setHeard(read(raw));
    });
    void answer(window.mooring.getState()).then((reply) => {
      if (spoken) return;
      setHeard(reply.ok ? read(reply.value) : { kind: 'problem', problem: reply.problem });
    });
    return () => {
      spoken = true;
      stop();
    };
  }, []);

  return heard;
}

import type { Reply } from '../../contract/window.ts';
import { useBriefMessage } from '../common/use-brief-message.ts';
import { useLasting } from '../common/use-lasting.ts';
import { useRequest } from '../common/use-request.ts';

/** Changes to what is kept, one at a time: whether one is under way, and in words what came of it. */
export function useSaving() {
  const { run, pending, problem } = useRequest((request: () => Promise<Reply<null>>) => request());
  const saved = useBriefMessage(4_000);
  const long = useLasting(pending, 300);
  return {
    pending,
    problem,
    said: pending ? (long ? 'Saving…' : '') : problem ? '' : saved.words,
    async change(request: () => Promise<Reply<null>>): Promise<void> {
      if (!pending && (await run(request)).ok) saved.say('Saved');
    },
  };
}

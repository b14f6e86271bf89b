import type { RequestName } from '../../contract/bridge.ts';
import type { Problem } from '../../contract/problem.ts';
import { type Reply, windowRequests } from '../../contract/window.ts';
import type { Log } from '../log.ts';
import type { Mooring } from '../mooring.ts';

/**
 * Does what a window asks for, or says why not. Parameters that fit no schema reach nobody, and what they were is not
 * written down.
 */
export async function answerRequest(
  requests: Mooring['requests'],
  name: RequestName,
  params: unknown,
  log: Log,
): Promise<Reply<unknown>> {
  const parsed = windowRequests[name].params.safeParse(params);
  if (!parsed.success) {
    log(`window: ${name} came with parameters that fit no schema`);
    return { ok: false, problem: badRequest };
  }
  try {
    return { ok: true, value: await requests[name](parsed.data as never) };
  } catch (error) {
    log(`window: ${name} failed: ${String(error)}`);
    return { ok: false, problem: { code: 'failed', sentence: error instanceof Error ? error.message : failed } };
  }
}

const failed = 'That did not work. Your data is untouched; try again.';

const badRequest: Problem = {
  code: 'bad-request',
  sentence: 'Mooring’s window sent something its other part does not understand. Nothing was changed; restart Mooring.',
};

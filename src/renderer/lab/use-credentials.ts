import { useEffect, useRef, useState } from 'react';
import { CredentialReport } from '../../contract/credentials.ts';
import type { Problem } from '../../contract/problem.ts';
import { answer } from '../common/bridge.ts';
import { oneAtATime } from '../common/one-at-a-time.ts';

const unreadable: Problem = {
  code: 'report-unreadable',
  sentence: 'The report could not be read. Quit Mooring and open it again.',
};

/**
 * The report on an account's credentials, read again whenever `version` changes or somebody calls `reload`. Questions are
 * asked one after another, so that an older answer never takes the place of a newer one.
 */
export function useCredentials(accountId: string, version: string) {
  const [report, setReport] = useState<CredentialReport | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wanted = useRef<string | null>(null);

  const [load] = useState(() =>
    oneAtATime(async (id: string) => {
      const reply = await answer(window.mooring.getCredentials({ accountId: id }));
      if (wanted.current !== id) return;
      if (!reply.ok) return setProblem(reply.problem);
      const read = CredentialReport.safeParse(reply.value);
      if (!read.success) return setProblem(unreadable);
      setReport(read.data);
      setProblem(null);
    }),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks the same question again.
  useEffect(() => {
    wanted.current = accountId;
    load(accountId);
    return () => {
      wanted.current = null;
    };
  }, [accountId, version, load]);

  return { report: report?.accountId === accountId ? report : null, problem, reload: () => load(accountId) };
}

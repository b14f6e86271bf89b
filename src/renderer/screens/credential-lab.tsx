import type { AccountView } from '../../contract/state.ts';
import { useCredentials } from '../hooks/use-credentials.ts';
import { useEscape } from '../hooks/use-escape.ts';
import { Audits } from '../parts/lab/audits.tsx';
import { Grant } from '../parts/lab/grant.tsx';
import { Holdings } from '../parts/lab/holdings.tsx';
import { LabHead } from '../parts/lab/lab-head.tsx';
import { LastError } from '../parts/lab/last-error.tsx';
import { Rehearse } from '../parts/lab/rehearse.tsx';
import { Scopes } from '../parts/lab/scopes.tsx';
import { Notice } from '../parts/notice.tsx';

interface Props {
  readonly view: AccountView;
  /** Whether failures can be brought about on purpose. */
  readonly rehearsal: boolean;
  readonly onBack: () => void;
}

/** Everything that can be told of an account's credentials, what can be tested, and what can be rehearsed. */
export function CredentialLab({ view, rehearsal, onBack }: Props) {
  const { account, connection, sync } = view;
  const { report, problem, reload } = useCredentials(account.id, JSON.stringify([connection, sync.failure]));
  useEscape(onBack);
  return (
    <div className="detour">
      <LabHead account={account} onBack={onBack} onTested={reload} />
      <Notice problem={problem} />
      {report && (
        <>
          <Holdings holdings={report.holdings} />
          <Grant report={report} />
          <Scopes scopes={report.scopes} />
          <LastError lastError={report.lastError} />
          <Audits audits={report.audits} />
        </>
      )}
      {/* Not before what stands above it: it would be pushed down under the eyes of who came for it. */}
      {(report || problem) && rehearsal && <Rehearse accountId={account.id} onRehearsed={reload} />}
    </div>
  );
}

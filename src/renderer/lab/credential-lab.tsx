import type { AccountView } from '../../contract/state.ts';
import { Notice } from '../common/notice.tsx';
import { useEscape } from '../common/use-escape.ts';
import { Audits } from './audits.tsx';
import { Grant } from './grant.tsx';
import { Holdings } from './holdings.tsx';
import { LabHead } from './lab-head.tsx';
import { LastError } from './last-error.tsx';
import { Rehearse } from './rehearse.tsx';
import { Scopes } from './scopes.tsx';
import { useCredentials } from './use-credentials.ts';

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

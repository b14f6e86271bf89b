import { CredentialReport } from '../../contract/credentials.ts';
import type { AccountView } from '../../contract/state.ts';
import { Notice } from '../common/notice.tsx';
import { useEscape } from '../common/use-escape.ts';
import { type Query, useQuery } from '../common/use-query.ts';
import { Audits } from './audits.tsx';
import { FailureRehearsal } from './failure-rehearsal.tsx';
import { Grant } from './grant.tsx';
import { Holdings } from './holdings.tsx';
import { LabHead } from './lab-head.tsx';
import { LastError } from './last-error.tsx';
import { Scopes } from './scopes.tsx';

const credentials: Query<{ accountId: string }, CredentialReport> = {
  ask: (account) => window.mooring.getCredentials(account),
  result: CredentialReport,
  unreadable: {
    code: 'report-unreadable',
    sentence: 'The report could not be read. Quit Mooring and open it again.',
  },
};

interface Props {
  readonly view: AccountView;
  /** Whether failures can be brought about on purpose. */
  readonly rehearsal: boolean;
  readonly onBack: () => void;
}

/** Everything that can be told of an account's credentials, what can be tested, and what can be rehearsed. */
export function CredentialLab({ view, rehearsal, onBack }: Props) {
  const { account, connection, services } = view;
  const version = JSON.stringify([connection, Object.values(services).map(({ standing }) => standing)]);
  const { shown, current, problem, reload } = useQuery(credentials, { accountId: account.id }, version);
  const report = shown && current ? shown.result : null;
  useEscape(onBack);
  return (
    <div className="side-page">
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
      {/* Not before the report, which stands above it and would push it down while somebody reads it. */}
      {(report || problem) && rehearsal && <FailureRehearsal accountId={account.id} onRehearsed={reload} />}
    </div>
  );
}

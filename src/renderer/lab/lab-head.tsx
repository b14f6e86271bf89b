import { useState } from 'react';
import type { Account } from '../../contract/account.ts';
import { BackButton } from '../common/back-button.tsx';
import { CopyButton } from '../common/copy-button.tsx';
import { Notice } from '../common/notice.tsx';
import { Title } from '../common/title.tsx';
import { useRequest } from '../common/use-request.ts';
import { testedWords } from './audit-words.ts';

interface Props {
  readonly account: Account;
  readonly onBack: () => void;
  readonly onTested: () => void;
}

export function LabHead({ account: { id, email }, onBack, onTested }: Props) {
  const test = useRequest(window.mooring.testCredentials);
  const [tested, setTested] = useState('');
  const title = `Credentials of ${email}`;

  async function run() {
    setTested('');
    const reply = await test.run({ accountId: id });
    const audit = reply.ok ? reply.value.audits[0] : undefined;
    if (audit) setTested(testedWords(audit));
    onTested();
  }

  return (
    <div className="side-page-head">
      <BackButton onBack={onBack} />
      <Title level="h2">{title}</Title>
      <p className="quiet">What Mooring holds to open this account, and what came of it. Nothing secret is shown.</p>
      <div className="buttons">
        {/* Not `disabled`, which would take the focus from who has just pressed it. */}
        <button
          type="button"
          className="primary"
          aria-disabled={test.pending}
          onClick={() => {
            if (!test.pending) void run();
          }}
        >
          Test now
        </button>
        <CopyButton label="Copy report" copy={() => window.mooring.copyReport({ accountId: id })} />
      </div>
      <p className="tested" role="status">
        {test.pending ? 'Testing…' : tested}
      </p>
      <Notice problem={test.problem} />
    </div>
  );
}

import { useState } from 'react';
import type { Problem } from '../../contract/problem.ts';
import { firstService } from '../../contract/services.ts';
import type { Setup } from '../../contract/state.ts';
import { Notice } from '../common/notice.tsx';
import { Notices } from '../common/notices.tsx';
import { Page } from '../common/page.tsx';
import { useRequest } from '../common/use-request.ts';
import { ServiceChoice } from '../service/service-choice.tsx';
import { GoogleButton } from '../sign-in/google-button.tsx';
import { RehearsalNote } from '../sign-in/rehearsal-note.tsx';

interface Props {
  readonly setup: Setup;
  readonly outcome: Problem | null;
  readonly notices: readonly Problem[];
}

export function Welcome({ setup, outcome, notices }: Props) {
  const signIn = useRequest(window.mooring.signIn);
  const [services, choose] = useState<string[]>([firstService]);
  return (
    <Page title="Your Google account, at home">
      <p>
        Mooring keeps a private copy of what you choose on this computer, brought up to date in the background and there
        even without a connection. Everything stays here, the copy in a file and your sign-in in the keychain: Mooring
        has no servers, and sends what it knows of you to nobody.
      </p>
      <RehearsalNote setup={setup} />
      <Notices notices={notices} />
      <ServiceChoice chosen={services} onChoose={choose} />
      <p>
        <GoogleButton onClick={() => void signIn.run({ hint: null, services })} />
      </p>
      <Notice problem={outcome ?? signIn.problem} />
    </Page>
  );
}

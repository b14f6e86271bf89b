import type { Connection } from '../../contract/connection.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Setup } from '../../contract/state.ts';
import { useRequest } from '../hooks/use-request.ts';
import { ConnectionAction } from '../parts/connection-action.tsx';
import { ConnectionCard } from '../parts/connection-card.tsx';
import { GoogleButton } from '../parts/google-button.tsx';
import { Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Rehearsal } from '../parts/rehearsal.tsx';

export function Welcome(props: { setup: Setup; connection: Connection; outcome: Problem | null }) {
  const { setup, connection, outcome } = props;
  const signIn = useRequest(window.mooring.signIn);
  return (
    <Page title="Your Google Calendar, at home">
      <p>
        Mooring keeps a private copy of your calendars on this computer, brought up to date in the background and there
        even without a connection. Everything stays here, the copy in a file and your sign-in in the keychain: Mooring
        has no servers and talks only to Google.
      </p>
      <Rehearsal setup={setup} />
      {/* Before anyone has signed in there is nothing to say of the connection, unless something stands in the way. */}
      {connection.kind !== 'signed-out' && (
        <ConnectionCard connection={connection}>
          <ConnectionAction connection={connection} syncing={false} outcome={null} />
        </ConnectionCard>
      )}
      <p>
        <GoogleButton onClick={() => void signIn.run()} />
      </p>
      <Notice problem={outcome ?? signIn.problem} />
    </Page>
  );
}

import type { Problem } from '../../contract/problem.ts';
import { useFaces } from '../common/faces.ts';
import { Notices } from '../common/notices.tsx';
import { Page } from '../common/page.tsx';
import { ClientFile } from './client-file.tsx';

export function ClientMissing({ problem, notices }: { problem: Problem | null; notices: readonly Problem[] }) {
  const apis = Object.values(useFaces()).map(({ contract }) => contract.api);
  return (
    <Page title="Mooring needs its client file">
      <Notices notices={notices} />
      <p>
        Google only talks to apps it knows. Mooring introduces itself with a small file that Google’s console gives out,
        an OAuth client of the type “Desktop app”. It is usually called <code>client_secret_….json</code>.
      </p>
      <ClientFile problem={problem} />
      <details>
        <summary>Where do I get this file?</summary>
        <ol>
          <li>
            Open <code>console.cloud.google.com</code> in your browser and choose or create a project.
          </li>
          <li>
            Under <strong>APIs &amp; Services</strong>, switch on{' '}
            {apis.map((api, index) => (
              <span key={api}>
                {index > 0 && ', '}
                <strong>{api}</strong>
              </span>
            ))}
            .
          </li>
          <li>
            Under <strong>Google Auth Platform → Clients</strong>, create a client of the type{' '}
            <strong>Desktop app</strong>.
          </li>
          <li>Download its JSON file and give it to Mooring here.</li>
        </ol>
      </details>
    </Page>
  );
}

import type { CredentialReport } from '../../contract/credentials.ts';
import { useFaces } from '../common/faces.ts';
import { TitledSection } from '../common/titled-section.tsx';
import { scopeMeaning } from './credential-words.ts';
import { Verdict } from './verdict.tsx';

/** What Mooring may do, and what it may not although it needs to. */
export function Scopes({ scopes }: { scopes: CredentialReport['scopes'] }) {
  const faces = useFaces();
  return (
    <TitledSection title="Permissions">
      <ul className="rows">
        {scopes.map(({ scope, granted }) => (
          <li key={scope}>
            <p className="row-head">
              <span>
                {scopeMeaning(scope, faces)} <code>{scope}</code>
              </span>
              <Verdict words={granted ? 'granted' : 'missing'} tone={granted ? 'good' : 'bad'} />
            </p>
          </li>
        ))}
      </ul>
    </TitledSection>
  );
}

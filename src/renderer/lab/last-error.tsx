import type { CredentialReport } from '../../contract/credentials.ts';
import { Moment } from '../common/moment.tsx';
import { ago } from '../common/relative-time.ts';
import { TitledSection } from '../common/titled-section.tsx';
import { observationRows, placeWords } from './observation-words.ts';

/** The last failure word for word: what it means is said elsewhere. */
export function LastError({ lastError }: { lastError: CredentialReport['lastError'] }) {
  return (
    <TitledSection title="Last error, as observed">
      {lastError === null ? (
        <p className="quiet">None since Mooring was started.</p>
      ) : (
        <>
          <p>
            <Moment at={lastError.at} words={ago} />, {placeWords(lastError.observation.where)}
          </p>
          <dl className="wire">
            {observationRows(lastError.observation).map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </TitledSection>
  );
}

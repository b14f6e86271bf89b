import type { CredentialReport } from '../../../contract/credentials.ts';
import { observationRows, placeWords } from '../../words/observation-words.ts';
import { ago } from '../../words/relative-time.ts';
import { Moment } from '../moment.tsx';
import { TitledSection } from '../titled-section.tsx';

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

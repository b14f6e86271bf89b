import type { CredentialReport } from '../../contract/credentials.ts';
import { Moment } from '../common/moment.tsx';
import { ago } from '../common/relative-time.ts';
import { TitledSection } from '../common/titled-section.tsx';
import { clockWords, ends } from './credential-words.ts';

/** How old the access is, how long it lasts, and when it was last seen to work. */
export function Grant({ report }: { report: CredentialReport }) {
  const { consentedAt, grantExpiresAt, lastRefreshAt, clockSkew } = report;
  return (
    <TitledSection title="Access">
      <dl className="facts">
        <dt>Consent given</dt>
        <dd>{consentedAt === null ? 'not known any more' : <Moment at={consentedAt} words={ago} />}</dd>
        <dt>Access</dt>
        <dd>{grantExpiresAt === null ? 'has no end date' : <Moment at={grantExpiresAt} words={ends} />}</dd>
        <dt>Last refresh</dt>
        <dd>{lastRefreshAt === null ? 'not yet' : <Moment at={lastRefreshAt} words={ago} />}</dd>
        <dt>This computer’s clock</dt>
        <dd>{clockWords(clockSkew)}</dd>
      </dl>
    </TitledSection>
  );
}

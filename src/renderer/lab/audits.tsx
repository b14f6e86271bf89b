import type { Audit } from '../../contract/audit.ts';
import { Moment } from '../common/moment.tsx';
import { ago } from '../common/relative-time.ts';
import { TitledSection } from '../common/titled-section.tsx';
import { checkTitle, overall, triggerWords, verdictWords } from './audit-words.ts';
import { Verdict } from './verdict.tsx';

/** Every look at the credentials that is remembered, newest first. */
export function Audits({ audits }: { audits: readonly Audit[] }) {
  return (
    <TitledSection title="Tests">
      {audits.length === 0 ? (
        <p className="quiet">Nothing has been tested yet.</p>
      ) : (
        <ol className="rows" aria-label="Tests, newest first">
          {audits.map((audit, index) => (
            <li key={`${audit.at}/${audit.trigger}`}>
              <details open={index === 0}>
                <summary>
                  <Verdict {...verdictWords(overall(audit))} />
                  <span className="quiet">
                    <Moment at={audit.at} words={ago} />, {triggerWords(audit.trigger)}
                  </span>
                </summary>
                <dl className="findings">
                  {audit.checks.map(({ name, verdict, finding }) => (
                    <div key={name}>
                      <dt>{checkTitle(name)}</dt>
                      <dd>
                        <Verdict {...verdictWords(verdict)} />
                      </dd>
                      <dd>{finding}</dd>
                    </div>
                  ))}
                </dl>
              </details>
            </li>
          ))}
        </ol>
      )}
    </TitledSection>
  );
}

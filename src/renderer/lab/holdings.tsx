import type { Holding } from '../../contract/credentials.ts';
import { Moment } from '../common/moment.tsx';
import { TitledSection } from '../common/titled-section.tsx';
import { ends, obtained } from './credential-words.ts';

/** What is held and where, each masked. */
export function Holdings({ holdings }: { holdings: readonly Holding[] }) {
  return (
    <TitledSection title="What is held, and where">
      <ul className="rows">
        {holdings.map(({ name, where, shown, bornAt, endsAt }) => (
          <li key={name}>
            <p className="row-head">
              <strong>{name}</strong>
              <code>{shown}</code>
            </p>
            <p className="quiet first-capital">{where}</p>
            {(bornAt !== null || endsAt !== null) && (
              <p className="quiet first-capital">
                {bornAt !== null && <Moment at={bornAt} words={obtained} />}
                {bornAt !== null && ', '}
                {endsAt === null ? 'no end date' : <Moment at={endsAt} words={ends} />}
              </p>
            )}
          </li>
        ))}
      </ul>
    </TitledSection>
  );
}

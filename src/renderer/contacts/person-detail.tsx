import type { ReactNode } from 'react';
import type { PersonDetails, PersonFact } from '../../contract/contacts.ts';
import { AddressButton } from '../common/address-button.tsx';
import { Fact, Facts } from '../common/facts.tsx';
import { groupFacts } from './fact-words.ts';

interface Props {
  readonly details: PersonDetails;
  /** In whose contacts they are, where there is more than one account. */
  readonly whose: string | null;
  readonly photo: ReactNode;
}

/** All that is known of a person; what is not known has no line. */
export function PersonDetail({ details, whose, photo }: Props) {
  const { name, other, facts } = details;
  // Said as the heading already.
  const lines = facts.filter(({ kind, label, value }) => kind !== 'name' || label !== null || value !== name);
  return (
    <>
      <header className="contact-head">
        {photo}
        <div>
          <h3 dir="auto">{name || 'Without a name'}</h3>
          {whose !== null && <p className="quiet">{whose}</p>}
          {other && <p className="quiet">Noted by Google and not by you: not one of your contacts.</p>}
        </div>
      </header>
      <Facts>
        {groupFacts(lines).map((group) => (
          <Fact key={group.name} name={group.name}>
            {group.facts.map((fact, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines are replaced as a whole, and may be the same.
              <Line key={index} fact={fact} />
            ))}
          </Fact>
        ))}
      </Facts>
    </>
  );
}

function Line({ fact: { label, value, href } }: { fact: PersonFact }) {
  return (
    <p className="contact-fact">
      {href === null ? <bdi>{value}</bdi> : <AddressButton href={href}>{value}</AddressButton>}
      {label !== null && <bdi className="quiet">{label}</bdi>}
    </p>
  );
}

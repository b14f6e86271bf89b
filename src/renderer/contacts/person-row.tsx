import type { ReactNode } from 'react';
import type { PersonItem } from '../../contract/contacts.ts';

interface Props {
  readonly person: PersonItem;
  /** In whose contacts they are, where there is more than one account. */
  readonly whose: string | null;
  readonly photo: ReactNode;
}

/** Somebody at a glance. A row without a second line is as high as one that has it, so that a list scrolls evenly. */
export function PersonRow({ person: { name, detail }, whose, photo }: Props) {
  return (
    <div className="contact">
      {photo}
      <div className="contact-words">
        <bdi>{name || 'Without a name'}</bdi>
        {(detail !== null || whose !== null) && (
          <div className="quiet contact-line">
            {detail !== null && <bdi>{detail}</bdi>}
            {whose !== null && <span>{detail === null ? whose : `· ${whose}`}</span>}
          </div>
        )}
      </div>
    </div>
  );
}

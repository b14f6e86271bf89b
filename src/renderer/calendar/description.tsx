import type { Block, Run } from '../../contract/calendar.ts';
import { AddressButton } from '../common/address-button.tsx';

/** A description as text and links: nothing of what somebody else wrote becomes an element of the page. */
export function Description({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="description" dir="auto">
      {blocks.map(({ kind, runs }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name, and are replaced together.
        <p key={index} data-kind={kind}>
          {runs.map(({ text, href }: Run, place) =>
            href === null ? (
              text
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <AddressButton key={place} href={href}>
                {text}
              </AddressButton>
            ),
          )}
        </p>
      ))}
    </div>
  );
}

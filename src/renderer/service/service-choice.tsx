import { useId } from 'react';
import { useFaces } from '../common/faces.ts';

interface Props {
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: string[]) => void;
}

/** What to copy, chosen before Google is asked for it. Each service says what is read of it, and what for. */
export function ServiceChoice({ chosen, onChoose }: Props) {
  const faces = useFaces();
  const id = useId();
  return (
    <fieldset className="service-choice">
      <legend>What to copy to this computer</legend>
      {Object.entries(faces).map(([name, { contract }]) => (
        <label key={name} className="option">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            aria-labelledby={`${id}-${name}`}
            aria-describedby={`${id}-${name}-why`}
            onChange={({ target }) =>
              onChoose(target.checked ? [...chosen, name] : chosen.filter((each) => each !== name))
            }
          />
          <span>
            <span id={`${id}-${name}`}>{contract.name}</span>
            <small id={`${id}-${name}-why`}>
              {contract.why} Mooring reads {contract.reads}, and can change nothing there.
            </small>
          </span>
        </label>
      ))}
      {chosen.length === 0 && (
        <p className="quiet">Nothing is copied then. You can turn each on later, whenever you like.</p>
      )}
    </fieldset>
  );
}

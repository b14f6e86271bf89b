import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { defaultSettings, type Settings } from '../../../contract/state.ts';
import { useBriefly } from '../../hooks/use-briefly.ts';
import { useRequest } from '../../hooks/use-request.ts';
import { readDays } from '../../words/retention-words.ts';
import { Notice } from '../notice.tsx';
import { LabSection } from './lab-section.tsx';

interface Props {
  readonly settings: Settings;
  readonly takesFocus: boolean;
}

/** For how long a copy outlives the access to its account. */
export function Retention({ settings: { retentionDays }, takesFocus }: Props) {
  const save = useRequest(window.mooring.setRetention);
  const saved = useBriefly(4_000);
  const [forGood, setForGood] = useState(retentionDays === null);
  const [typed, setTyped] = useState(String(retentionDays ?? defaultSettings.retentionDays));
  const [refusal, setRefusal] = useState<string | null>(null);
  const chosen = useRef<HTMLInputElement>(null);
  const ids = { name: useId(), refusal: useId() };

  useEffect(() => {
    if (takesFocus) chosen.current?.focus();
  }, [takesFocus]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const read = forGood ? { ok: true as const, days: null } : readDays(typed);
    setRefusal(read.ok ? null : read.sentence);
    if (read.ok && (await save.run({ days: read.days })).ok) saved.say('Saved');
  }

  return (
    <LabSection title="Keeping the copy">
      <form className="retention" noValidate onSubmit={submit}>
        <fieldset>
          <legend>Keep the copy after access has ended</legend>
          <div className="choice">
            <input
              ref={forGood ? undefined : chosen}
              type="radio"
              id={`${ids.name}-days`}
              name={ids.name}
              checked={!forGood}
              onChange={() => setForGood(false)}
            />
            <label htmlFor={`${ids.name}-days`}>for</label>
            <input
              type="number"
              aria-label="Days"
              min={1}
              max={3650}
              step={1}
              value={typed}
              disabled={forGood}
              aria-invalid={refusal !== null}
              aria-describedby={refusal === null ? undefined : ids.refusal}
              onChange={(event) => setTyped(event.target.value)}
            />
            <span>days</span>
          </div>
          <div className="choice">
            <input
              ref={forGood ? chosen : undefined}
              type="radio"
              id={`${ids.name}-good`}
              name={ids.name}
              checked={forGood}
              onChange={() => setForGood(true)}
            />
            <label htmlFor={`${ids.name}-good`}>for good</label>
          </div>
        </fieldset>
        <p className="quiet">
          This holds for every account. Mooring says so twice before it erases a copy; nothing is erased at Google.
        </p>
        {refusal !== null && (
          <p id={ids.refusal} className="notice" role="alert">
            {refusal}
          </p>
        )}
        <div className="buttons">
          <button type="submit" disabled={save.pending}>
            Save
          </button>
          <span className="copied" role="status">
            {saved.words}
          </span>
        </div>
        <Notice problem={save.problem} />
      </form>
    </LabSection>
  );
}

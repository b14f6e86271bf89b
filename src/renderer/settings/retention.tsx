import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { defaultSettings, type Settings } from '../../contract/state.ts';
import { Notice } from '../common/notice.tsx';
import { TitledSection } from '../common/titled-section.tsx';
import { readDays } from './retention-words.ts';
import { useSaving } from './use-saving.ts';

interface Props {
  readonly settings: Settings;
  readonly takesFocus: boolean;
}

/** For how long a copy outlives the access to its account. */
export function Retention({ settings: { retentionDays }, takesFocus }: Props) {
  const { pending, problem, said, change } = useSaving();
  const [forGood, setForGood] = useState(retentionDays === null);
  const [typed, setTyped] = useState(String(retentionDays ?? defaultSettings.retentionDays));
  const [refusal, setRefusal] = useState<string | null>(null);
  const chosen = useRef<HTMLInputElement>(null);
  const ids = { name: useId(), refusal: useId() };

  useEffect(() => {
    if (takesFocus) chosen.current?.focus();
  }, [takesFocus]);

  function submit(event: FormEvent) {
    event.preventDefault();
    const read = forGood ? { ok: true as const, days: null } : readDays(typed);
    setRefusal(read.ok ? null : read.sentence);
    if (read.ok) void change(() => window.mooring.changeSettings({ retentionDays: read.days }));
  }

  return (
    <TitledSection title="Keeping the copy" said={said}>
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
        <p className="quiet">Mooring says so twice before it erases a copy; nothing is erased at Google.</p>
        {refusal !== null && (
          <p id={ids.refusal} className="notice" role="alert">
            {refusal}
          </p>
        )}
        <div className="buttons">
          {/* Not `disabled`, which would take the focus from who has just pressed it. */}
          <button type="submit" aria-disabled={pending}>
            Save
          </button>
        </div>
        <Notice problem={problem} />
      </form>
    </TitledSection>
  );
}

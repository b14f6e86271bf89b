import { useId } from 'react';
import type { ExportChange, ExportEvery, ExportsView } from '../../contract/export.ts';
import type { AccountView } from '../../contract/state.ts';
import { useFaces } from '../common/faces.ts';
import { Option } from './option.tsx';

interface Props {
  readonly exports: ExportsView;
  readonly accounts: readonly AccountView[];
  readonly pending: boolean;
  readonly onChange: (change: ExportChange) => void;
}

/** What is exported, and how often. */
export function ExportChoices({ exports: { every, accountId, leftOut }, accounts, pending, onChange }: Props) {
  const faces = useFaces();
  const group = useId();
  const often = (chosen: ExportEvery) => ({
    type: 'radio' as const,
    name: group,
    checked: every === chosen,
    pending,
    onChange: () => onChange({ every: chosen }),
  });
  const isGone = accountId !== null && !accounts.some(({ account }) => account.id === accountId);
  return (
    <>
      <fieldset>
        <legend>What to export</legend>
        <select
          aria-label="Account to export"
          aria-disabled={pending}
          value={accountId ?? ''}
          onChange={({ target }) => onChange({ accountId: target.value === '' ? null : target.value })}
        >
          <option value="">Every account</option>
          {accounts.map(({ account }) => (
            <option key={account.id} value={account.id}>
              {account.email || account.name}
            </option>
          ))}
          {isGone && <option value={accountId}>An account that is not signed in</option>}
        </select>
        {Object.entries(faces).map(([id, { contract }]) => (
          <Option
            key={id}
            type="checkbox"
            label={contract.name}
            hint={`Whatever Mooring has copied of ${contract.things}.`}
            checked={!leftOut.includes(id)}
            pending={pending}
            onChange={(on) => onChange({ leftOut: on ? leftOut.filter((each) => each !== id) : [...leftOut, id] })}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>Export by itself</legend>
        <Option {...often('never')} label="Never" hint="Mooring exports when you ask it to." />
        <Option {...often('day')} label="Every day" hint="Each export takes the place of the one before." />
        <Option {...often('week')} label="Every week" hint="Each export takes the place of the one before." />
      </fieldset>
    </>
  );
}

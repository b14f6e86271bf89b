import { useId } from 'react';

interface Props {
  readonly type: 'radio' | 'checkbox';
  /** The group a radio button belongs to. */
  readonly name?: string;
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  /** While a change is under way no other is begun. */
  readonly pending: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Something to choose, and what choosing it means. It shows what main says, not what was pressed. */
export function Option({ type, name, label, hint, checked, pending, onChange }: Props) {
  const ids = { label: useId(), hint: useId() };
  return (
    <label className="option">
      {/* Not `disabled`, which would take the focus from who has just pressed it. */}
      <input
        type={type}
        name={name}
        checked={checked}
        aria-labelledby={ids.label}
        aria-describedby={ids.hint}
        aria-disabled={pending}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        <span id={ids.label}>{label}</span>
        <small id={ids.hint}>{hint}</small>
      </span>
    </label>
  );
}

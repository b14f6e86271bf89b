import type { AppState } from '../../contract/state.ts';

/** Nobody should take a stand-in for Google, or type a real password into one. */
export function RehearsalNote({ setup }: { setup: AppState['setup'] }) {
  if (setup.kind !== 'ready' || setup.real) return null;
  return (
    <p className="rehearsal-note">
      This is a rehearsal: not Google but a stand-in at <strong>{setup.googleHost}</strong>
    </p>
  );
}

import type { AppState } from '../../contract/state.ts';
import { Title } from '../common/title.tsx';
import { SignInOutcome } from '../sign-in/sign-in-outcome.tsx';
import { SignInPanel } from '../sign-in/sign-in-panel.tsx';
import { signInPlace } from '../sign-in/sign-in-place.ts';
import { signInTitle } from '../sign-in/sign-in-words.ts';

/** An attempt to sign in that belongs to no account yet. */
export function AddingAccount({ state: { signIn, accounts } }: { state: AppState }) {
  if (signInPlace(signIn, accounts) !== null) return null;
  if (signIn.kind === 'idle') return signIn.outcome && <SignInOutcome signIn={signIn} accounts={accounts} />;
  const title = signInTitle(signIn);
  return (
    <section className="card" aria-label="Add account" data-tone="busy" data-emphasis="true">
      <Title key={title} level="h2">
        {title}
      </Title>
      <SignInPanel signIn={signIn} />
    </section>
  );
}

import type { AppState } from '../contract/state.ts';
import { useAppState } from './hooks/use-app-state.ts';
import { ClientMissing } from './screens/client-missing.tsx';
import { Harbour } from './screens/harbour.tsx';
import { SigningIn } from './screens/signing-in.tsx';
import { Trouble } from './screens/trouble.tsx';
import { Welcome } from './screens/welcome.tsx';

export function App() {
  const heard = useAppState();
  switch (heard.kind) {
    case 'nothing-yet':
      // Main answers within a frame or two; anything drawn until then would only flash.
      return null;
    case 'problem':
      return <Trouble sentence={heard.problem.sentence} />;
    case 'state':
      return <Screen state={heard.state} />;
    default:
      return heard satisfies never;
  }
}

/** Whoever has an account sees what was mirrored, whatever else may be wrong. */
function Screen({ state }: { state: AppState }) {
  const { setup, accounts, signIn, notices } = state;
  if (accounts.length > 0) return <Harbour state={state} />;
  if (setup.kind === 'client-missing') return <ClientMissing problem={setup.problem} notices={notices} />;
  if (signIn.kind !== 'idle') return <SigningIn setup={setup} signIn={signIn} />;
  return <Welcome setup={setup} outcome={signIn.outcome} notices={notices} />;
}

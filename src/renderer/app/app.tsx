import { useEffect } from 'react';
import type { AppState } from '../../contract/state.ts';
import type { Place } from '../../contract/window.ts';
import { ClientMissing } from '../sign-in/client-missing.tsx';
import { SigningIn } from '../sign-in/signing-in.tsx';
import { Harbour } from './harbour.tsx';
import { Trouble } from './trouble.tsx';
import { useAppState } from './use-app-state.ts';
import { usePlace } from './use-place.ts';
import { Welcome } from './welcome.tsx';

export function App() {
  // Ahead of the question for the state: whoever has heard that one may be sure that a place is heard as well.
  const { place, forget } = usePlace();
  const heard = useAppState();
  const nobody = heard.kind === 'state' && heard.state.accounts.length === 0;
  useEffect(() => {
    // Without an account there is nowhere to go, and who signs in later has not asked for it.
    if (nobody && place) forget();
  });
  switch (heard.kind) {
    case 'nothing-yet':
      // Main answers within a frame or two; anything drawn until then would only flash.
      return null;
    case 'problem':
      return <Trouble sentence={heard.problem.sentence} />;
    case 'state':
      return <Screen state={heard.state} place={place} onArrived={forget} />;
    default:
      return heard satisfies never;
  }
}

/** Whoever has an account sees what was mirrored, whatever else may be wrong. */
function Screen({ state, place, onArrived }: { state: AppState; place: Place | null; onArrived: () => void }) {
  const { setup, accounts, signIn, notices } = state;
  if (accounts.length > 0) return <Harbour state={state} place={place} onArrived={onArrived} />;
  if (setup.kind === 'client-missing') return <ClientMissing problem={setup.problem} notices={notices} />;
  if (signIn.kind !== 'idle') return <SigningIn setup={setup} signIn={signIn} />;
  return <Welcome setup={setup} outcome={signIn.outcome} notices={notices} />;
}

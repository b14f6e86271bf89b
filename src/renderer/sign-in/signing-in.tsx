import type { Setup } from '../../contract/state.ts';
import { Page } from '../common/page.tsx';
import { Rehearsal } from './rehearsal.tsx';
import { SignInPanel, type SignInUnderWay, signInTitle } from './sign-in-panel.tsx';

export function SigningIn({ setup, signIn }: { setup: Setup; signIn: SignInUnderWay }) {
  return (
    <Page title={signInTitle(signIn)}>
      <SignInPanel signIn={signIn} />
      <Rehearsal setup={setup} />
    </Page>
  );
}

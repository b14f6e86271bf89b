import type { Setup } from '../../contract/state.ts';
import { Page } from '../common/page.tsx';
import { RehearsalNote } from './rehearsal-note.tsx';
import { SignInPanel } from './sign-in-panel.tsx';
import { type SignInUnderWay, signInTitle } from './sign-in-words.ts';

export function SigningIn({ setup, signIn }: { setup: Setup; signIn: SignInUnderWay }) {
  return (
    <Page title={signInTitle(signIn)}>
      <SignInPanel signIn={signIn} />
      <RehearsalNote setup={setup} />
    </Page>
  );
}

import type { SignIn } from '../../contract/state.ts';

/** Google's own words for its button: https://developers.google.com/identity/branding-guidelines */
export const googleButtonLabel = 'Sign in with Google';

export type SignInUnderWay = Exclude<SignIn, { kind: 'idle' }>;

export function signInTitle({ kind }: SignInUnderWay): string {
  switch (kind) {
    case 'waiting':
      return 'Continue in your browser';
    case 'finishing':
      return 'Finishing sign-in…';
    default:
      return kind satisfies never;
  }
}

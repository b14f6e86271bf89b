import google from './google-g.svg';
import { googleButtonLabel } from './sign-in-words.ts';

/** Drawn by Google's rules: https://developers.google.com/identity/branding-guidelines */
export function GoogleButton({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" className="google" onClick={onClick}>
      <img src={google} alt="" />
      {googleButtonLabel}
    </button>
  );
}

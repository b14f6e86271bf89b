import google from './google-g.svg';

/** Drawn by Google's rules: https://developers.google.com/identity/branding-guidelines */
export function GoogleButton({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" className="google" onClick={onClick}>
      <img src={google} alt="" />
      Sign in with Google
    </button>
  );
}

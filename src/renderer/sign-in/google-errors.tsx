/** Google stops on these pages without a word to the app, so all Mooring can do is to say what they mean. */
const pages = [
  {
    name: 'Error 400: redirect_uri_mismatch',
    meaning:
      'The client file is of the wrong type. In Google’s console, create a client of the type “Desktop app” and give its file to Mooring.',
  },
  {
    name: 'Error 400: admin_policy_enforced',
    meaning: 'Your organisation decides which apps may see its accounts. Ask its administrator to allow Mooring.',
  },
  {
    name: 'Error 403: org_internal',
    meaning:
      'The client file belongs to an organisation and works for its members only. Choose an account of that organisation, or another client file.',
  },
  {
    name: 'Access blocked (Error 403: access_denied)',
    meaning:
      'The app is still being tested, and your address is not on its list. Whoever made the client file can add it in Google’s console, under Audience, Test users.',
  },
  {
    name: 'Error 401: invalid_client or deleted_client',
    meaning: 'The client no longer exists. Download a new client file from Google’s console and give it to Mooring.',
  },
] as const;

export function GoogleErrors() {
  return (
    <details>
      <summary>Seeing a Google error page?</summary>
      <dl className="google-errors">
        {pages.map(({ name, meaning }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>Then press Cancel here and sign in once more.</p>
    </details>
  );
}

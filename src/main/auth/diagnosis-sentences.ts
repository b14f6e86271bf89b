/**
 * What a person is told of each finding: what happened, what it means for the data, and what to do. Nothing that Google
 * or the network sent is ever quoted in them.
 */
export const sentences = {
  'no-network':
    'Google cannot be reached from this computer. Your copy is complete up to the last sync and can be used; syncing goes on by itself when the network is back.',
  'tls-failure':
    'The secure connection to Google could not be made: something between this computer and Google shows a certificate that is not Google’s, or this computer’s clock is wrong. Nothing was sent, and your copy and your sign-in are intact. Check the date and the time; on an organisation’s network or with a virus scanner that reads traffic, ask whoever looks after it. Mooring tries again by itself.',
  'authority-unknown':
    'Something between this computer and Google shows a certificate of an authority that this computer does not know, as networks do that read what passes. Nothing was sent, and your copy and your sign-in are intact. On an organisation’s network, ask whoever looks after it for the certificate of its authority, and add it to your system’s, and start Mooring again; elsewhere, do not use this network: Mooring goes on by itself in another.',
  'proxy-authentication':
    'This network’s proxy server asks for a name and a password before it lets anything through, or does not take those it was given. Your copy and your sign-in are intact. Put them into the proxy’s address in Mooring’s environment, or ask whoever looks after the network, and start Mooring again.',
  'proxy-refused':
    'This network’s proxy server does not let Mooring through to Google. Your copy and your sign-in are intact. Ask whoever looks after the network to allow Google’s addresses; Mooring tries again by itself.',
  'proxy-unreachable':
    'The proxy server that this computer’s settings name cannot be reached. Your copy and your sign-in are intact. Look whether its address is right, in your system’s network settings or in Mooring’s environment; Mooring tries again by itself.',
  'proxy-unusable':
    'This computer’s settings name a proxy server that Mooring cannot use: its address is none, or it is a SOCKS server. Your copy and your sign-in are intact. Name an HTTP proxy server in your system’s network settings or in Mooring’s environment, or ask whoever looks after the network.',
  'google-unavailable':
    'Google has a problem of its own at the moment. Your copy is safe and can be used; Mooring tries again by itself.',
  'rate-limited': 'Google asked for a pause between requests. Nothing is lost; Mooring goes on after it.',
  'quota-exhausted':
    'Google’s daily limit for this app is used up. Your copy is safe; syncing goes on when Google allows it.',
  'not-google':
    'Something between this computer and Google answered in its place, such as the sign-in page of a public network. Nothing is lost; open a web page in your browser to sign in to the network, then try again.',
  'unexpected-answer':
    'Google answered in a way that Mooring does not know. Your copy is safe; Mooring tries again by itself.',
  'answer-too-large':
    'What answered in Google’s name sent more than Mooring takes in one answer, so the connection was cut. Your copy is safe, and Mooring tries again by itself. If it stays so, something between this computer and Google may be answering in its place.',
  'clock-wrong':
    'This computer’s clock does not agree with Google’s, so Google refuses the proof that it is really this computer asking. Your copy and your sign-in are intact. Correct the date, the time and the time zone in your system’s settings, then try again.',
  'code-refused':
    'Google did not accept the browser’s answer; it may have come too late or twice. Your copy and your stored access are untouched. Sign in again.',
  'item-unavailable':
    'Google did not hand out what was asked for: it was deleted, or is no longer shared with you. Your account stays connected and your copy is safe; Mooring asks again with the next sync.',
  'grant-revoked':
    'Google no longer accepts Mooring’s access to your account: it was removed, or it has expired. Your copy is complete up to the last sync; reconnect to go on syncing.',
  'session-expired':
    'Your organisation asks for a new sign-in from time to time, and that time has come. Nothing is lost; reconnect to go on syncing.',
  'access-rejected':
    'Google refuses access even with a fresh key. Your copy is complete up to the last sync; reconnect to go on syncing.',
  'key-lost':
    'Your sign-in is tied to a key in this computer’s keychain, and that key is lost or damaged. Your copy is complete up to the last sync; reconnect to go on syncing.',
  'client-changed':
    'This account was connected by another OAuth client than the one Mooring is set up with now, and Google takes a key only from the client it was given to, so nothing was sent. Your copy is complete up to the last sync; reconnect to go on syncing, or choose the former client file again.',
  'scope-missing':
    'Google was not allowed to share this with Mooring. What was copied before stays here; give permission to go on.',
  'consent-refused':
    'Permission was not given at Google. Nothing was changed, and what was copied before stays here. Give permission whenever you like; without it Mooring cannot copy anything.',
  'blocked-by-admin':
    'Your organisation’s administrator does not allow this app to use your account. Your copy stays here; only the administrator can allow it again.',
  'client-invalid':
    'Google does not accept this app’s client ID or secret. Your copy is safe and your sign-in is intact. Choose a client file with a valid ID and secret.',
  'client-deleted':
    'The registration of this app at Google was deleted, so Google no longer answers it. Your copy is safe. Signing in again would not help: choose a client file that is still registered.',
  'client-unsuitable':
    'Google does not let this app’s client do what Mooring asks of it, as when it is not of the type “Desktop app”. Your copy is safe and your sign-in is intact. Choose a client file of that type.',
  'client-internal':
    'This app’s client takes only accounts of the organisation it belongs to. Your copy is safe. Choose another client file, or sign in with an account of that organisation.',
  'api-disabled':
    'One of Google’s APIs is switched off for this app’s client. Your copy is safe. Whoever owns the client has to switch it on in Google’s console.',
  // Not brought about by a failure on the wire.
  working: 'Google accepts Mooring’s access to this account.',
  refreshing: 'Checking with Google. Your copy is here and can be used.',
  'grant-swapped':
    'The key in this computer’s keychain belongs to another account, so it is not used. Your copy is complete up to the last sync; reconnect to go on syncing.',
  'grant-missing':
    'The key to your account is no longer in this computer’s keychain. Your copy is complete up to the last sync; reconnect to go on syncing.',
} as const;

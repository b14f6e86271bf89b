import { RehearsalFailure } from '../../contract/rehearsal.ts';

interface RehearsalWords {
  /** What the button says. */
  readonly title: string;
  /** What pressing it does, in one line. */
  readonly what: string;
  /** Where it is done: to what is on this computer, or at Google's double. */
  readonly where: 'here' | 'google' | 'everywhere';
}

export const rehearsalWords: Readonly<Record<RehearsalFailure, RehearsalWords>> = {
  'keychain-entry-deleted': {
    title: 'Delete the keychain entry',
    what: 'As if somebody had tidied up the keychain.',
    where: 'here',
  },
  'keychain-entry-garbled': {
    title: 'Garble the keychain entry',
    what: 'The entry is there, but what it holds makes no sense.',
    where: 'here',
  },
  'keychain-entry-swapped': {
    title: 'Swap the keychain entry',
    what: 'The entry holds somebody else’s sign-in.',
    where: 'here',
  },
  'key-lost': {
    title: 'Lose the key',
    what: 'The refresh token is bound to a key, and that key is gone.',
    where: 'here',
  },
  'keychain-locked': {
    title: 'Lock the keychain',
    what: 'It is there, but does not open.',
    where: 'here',
  },
  'database-damaged': {
    title: 'Damage the database',
    what: 'The file with the copy cannot be read any more.',
    where: 'here',
  },
  'grant-revoked': {
    title: 'Revoke the access',
    what: 'As if Mooring had been removed in the Google account’s settings.',
    where: 'google',
  },
  'access-token-expired': {
    title: 'Expire the access token',
    what: 'Google refuses the short-lived token; a new one should be fetched unnoticed.',
    where: 'google',
  },
  'testing-week-over': {
    title: 'End the testing week',
    what: 'The seven days are over that Google gives to an app in testing.',
    where: 'google',
  },
  'idle-six-months': {
    title: 'Let six months pass unused',
    what: 'Google ends what nobody has used for that long.',
    where: 'google',
  },
  'session-ended': {
    title: 'End the session',
    what: 'The organisation wants a new sign-in every so often.',
    where: 'google',
  },
  'time-limit': {
    title: 'Limit the time of access',
    what: 'What is given from the next sign-in on ends after some hours.',
    where: 'google',
  },
  'permission-removed': {
    title: 'Take a permission back',
    what: 'The sign-in still holds, one service is no longer shared.',
    where: 'google',
  },
  'no-refresh-token': {
    title: 'Withhold the refresh token',
    what: 'The next sign-in brings no lasting access the first time.',
    where: 'google',
  },
  'blocked-by-admin': {
    title: 'Have the administrator block it',
    what: 'The organisation no longer allows this app.',
    where: 'google',
  },
  'client-deleted': {
    title: 'Delete the client',
    what: 'The app’s registration at Google is gone.',
    where: 'google',
  },
  'client-secret-wrong': {
    title: 'Change the client secret',
    what: 'Google no longer accepts the one in the client file.',
    where: 'google',
  },
  'clock-off': {
    title: 'Set the clocks apart',
    what: 'Google’s clock and this computer’s no longer agree.',
    where: 'google',
  },
  'google-down': {
    title: 'Take Google down',
    what: 'Every request is answered with a server error.',
    where: 'google',
  },
  'rate-limited': {
    title: 'Limit the rate',
    what: 'Google asks for a pause between requests.',
    where: 'google',
  },
  'captive-portal': {
    title: 'Put a captive portal in the way',
    what: 'The sign-in page of a public network answers in Google’s place.',
    where: 'google',
  },
  'connection-dropped': {
    title: 'Drop the line',
    what: 'Connections break off before an answer arrives.',
    where: 'google',
  },
  'api-disabled': {
    title: 'Switch the API off',
    what: 'The client’s owner has not switched it on.',
    where: 'google',
  },
  'service-blocked': {
    title: 'Forbid the service',
    what: 'The organisation does not allow the service to be read.',
    where: 'google',
  },
  'quota-used-up': {
    title: 'Use up the quota',
    what: 'The daily limit of this app is reached.',
    where: 'google',
  },
  'unknown-refusal': {
    title: 'Refuse for no known reason',
    what: 'Google says 403 and a reason that Mooring has never heard of.',
    where: 'google',
  },
  'repair-everything': {
    title: 'Repair everything',
    what: 'Ends whatever was brought about here, as far as it can be undone.',
    where: 'everywhere',
  },
};

export const rehearsalsAt = (where: RehearsalWords['where']): RehearsalFailure[] =>
  RehearsalFailure.options.filter((failure) => rehearsalWords[failure].where === where);

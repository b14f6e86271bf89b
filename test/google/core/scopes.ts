export const EMAIL = 'https://www.googleapis.com/auth/userinfo.email';
export const PROFILE = 'https://www.googleapis.com/auth/userinfo.profile';
const CALENDAR = 'https://www.googleapis.com/auth/calendar';

/** The scopes that a person sees but cannot refuse one by one. */
export const BASIC: readonly string[] = ['openid', EMAIL, PROFILE];

/** Scopes that allow the events of a calendar to be read. */
export const EVENT_SCOPES = ['', '.readonly', '.events', '.events.readonly'].map((end) => CALENDAR + end);
/** Scopes that allow the list of calendars to be read. */
export const LIST_SCOPES = ['', '.readonly', '.calendarlist', '.calendarlist.readonly'].map((end) => CALENDAR + end);

const LONG: Record<string, string> = { email: EMAIL, profile: PROFILE };

/** A scope parameter in Google's long spellings, each once. */
export function scopesOf(parameter: string): string[] {
  const asked = parameter.split(' ').filter(Boolean);
  return [...new Set(asked.map((scope) => LONG[scope] ?? scope))];
}

/** The scope of a callback: Google lists the short spellings besides the long ones. */
export function callbackScope(granted: readonly string[]): string {
  const short = Object.entries(LONG).flatMap(([name, long]) => (granted.includes(long) ? [name] : []));
  return [...short, ...granted].join(' ');
}

/** The scope of a token response: long spellings only, not in the order in which they were asked for. */
export function tokenScope(granted: readonly string[]): string {
  return [...granted].sort().join(' ');
}

/** What the consent page says a scope allows. */
export function describeScope(scope: string): string {
  return DESCRIPTION[scope] ?? scope;
}

const DESCRIPTION: Record<string, string> = {
  openid: 'Associate you with your personal info on Google',
  [EMAIL]: 'See your primary Google Account email address',
  [PROFILE]: 'See your personal info, including any personal info you’ve made publicly available',
  [CALENDAR]: 'See, edit, share, and permanently delete all the calendars you can access using Google Calendar',
  [`${CALENDAR}.readonly`]: 'See and download any calendar you can access using your Google Calendar',
  [`${CALENDAR}.events`]: 'View and edit events on all your calendars',
  [`${CALENDAR}.events.readonly`]: 'View events on all your calendars',
  'https://www.googleapis.com/auth/drive.readonly': 'See and download all your Google Drive files',
  'https://www.googleapis.com/auth/contacts.readonly': 'See and download your contacts',
  'https://www.googleapis.com/auth/tasks.readonly': 'View your tasks',
  'https://www.googleapis.com/auth/gmail.readonly': 'View your email messages and settings',
};

const CALENDAR = 'https://www.googleapis.com/auth/calendar';

/** Scopes that allow the events of a calendar to be read. */
export const EVENT_SCOPES = ['', '.readonly', '.events', '.events.readonly'].map((end) => CALENDAR + end);
/** Scopes that allow the list of calendars to be read. */
export const LIST_SCOPES = ['', '.readonly', '.calendarlist', '.calendarlist.readonly'].map((end) => CALENDAR + end);

/** What the consent page says of each. */
export const SCOPE_WORDS: Readonly<Record<string, string>> = {
  [CALENDAR]: 'See, edit, share, and permanently delete all the calendars you can access using Google Calendar',
  [`${CALENDAR}.readonly`]: 'See and download any calendar you can access using your Google Calendar',
  [`${CALENDAR}.events`]: 'View and edit events on all your calendars',
  [`${CALENDAR}.events.readonly`]: 'View events on all your calendars',
};

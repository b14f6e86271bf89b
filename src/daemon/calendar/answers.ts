import type { Answer, EventKind } from '../../contract/calendar.ts';

/** What `responseStatus` says. What it does not say, or Mooring does not know, is no answer. */
export function answerOf(responseStatus: string | null | undefined): Answer {
  switch (responseStatus) {
    case 'accepted':
    case 'declined':
    case 'tentative':
      return responseStatus;
    default:
      return 'unanswered';
  }
}

/** What `eventType` says; a kind that Mooring does not know is shown as a meeting is. */
export function kindOf(eventType: string | null | undefined): EventKind {
  switch (eventType) {
    case 'birthday':
      return 'birthday';
    case 'focusTime':
      return 'focus-time';
    case 'fromGmail':
      return 'from-gmail';
    case 'outOfOffice':
      return 'out-of-office';
    case 'workingLocation':
      return 'working-location';
    default:
      return 'meeting';
  }
}

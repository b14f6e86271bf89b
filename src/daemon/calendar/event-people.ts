import { contentLine } from '../export/content-line.ts';
import type { WholeEvent } from './whole-event.ts';

/**
 * Who invites and who is invited. Without guests the organizer is just whose calendar it is, and other programs would take
 * the event for a meeting. https://www.rfc-editor.org/rfc/rfc5545#section-3.8.4.1
 */
export function peopleLines({ organizer, attendees }: WholeEvent): string[] {
  const guests = (attendees ?? []).filter((guest) => guest !== null);
  if (guests.length === 0) return [];
  const host = organizer?.email
    ? [contentLine('ORGANIZER', mailAddress(organizer.email), { CN: organizer.displayName || null })]
    : [];
  return [...host, ...guests.map(guestLine)];
}

type Guest = NonNullable<NonNullable<WholeEvent['attendees']>[number]>;

function guestLine(guest: Guest): string {
  return contentLine('ATTENDEE', guest.email ? mailAddress(guest.email) : 'invalid:nomail', {
    CUTYPE: guest.resource === true ? 'RESOURCE' : 'INDIVIDUAL',
    ROLE: guest.optional === true ? 'OPT-PARTICIPANT' : 'REQ-PARTICIPANT',
    PARTSTAT: answerOf(guest.responseStatus),
    RSVP: guest.responseStatus === 'needsAction' ? 'TRUE' : null,
    CN: guest.displayName || null,
    'X-NUM-GUESTS': guest.additionalGuests ? String(guest.additionalGuests) : null,
    'X-RESPONSE-COMMENT': guest.comment || null,
  });
}

function answerOf(responseStatus: string | null | undefined): string {
  switch (responseStatus) {
    case 'accepted':
      return 'ACCEPTED';
    case 'declined':
      return 'DECLINED';
    case 'tentative':
      return 'TENTATIVE';
    default:
      return 'NEEDS-ACTION';
  }
}

/** https://www.rfc-editor.org/rfc/rfc6068 */
export function mailAddress(email: string): string {
  return `mailto:${encodeURI(email.toWellFormed()).replaceAll('?', '%3F').replaceAll('#', '%23')}`;
}

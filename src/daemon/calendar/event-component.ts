import { basicMoment, isWritable } from '../export/basic-format.ts';
import { contentLine, textLine } from '../export/content-line.ts';
import { alarmComponents } from './alarm-component.ts';
import { recurrenceId, whenLines } from './event-moments.ts';
import { mailAddress, peopleLines } from './event-people.ts';
import { readWhen } from './when.ts';
import type { Reminders, WholeEvent } from './whole-event.ts';

/** What of its calendar an event depends on. */
export interface Around {
  readonly calendarId: string;
  readonly timeZone: string | null;
  readonly defaultReminders: Reminders;
  /** The starts of a series that do not take place, as {@link When} has them. */
  cancelledOf(seriesId: string): readonly number[];
}

/** CSS names near Google's colours: https://www.rfc-editor.org/rfc/rfc7986#section-5.9 */
const colors: ReadonlyMap<string, string> = new Map([
  ['1', 'lavender'],
  ['2', 'darkseagreen'],
  ['3', 'mediumpurple'],
  ['4', 'lightcoral'],
  ['5', 'gold'],
  ['6', 'orangered'],
  ['7', 'deepskyblue'],
  ['8', 'dimgray'],
  ['9', 'royalblue'],
  ['10', 'seagreen'],
  ['11', 'crimson'],
]);

/** An event, a series, or an exception to one, as iCalendar has it; null where Google's answer does not say when it is. */
export function eventComponent(event: WholeEvent, around: Around): string | null {
  const { calendarId, timeZone, cancelledOf } = around;
  const when = readWhen(event, timeZone);
  if (when === null || !isWritable(when.start)) return null;
  const stands = event.recurringEventId ? recurrenceId(event, timeZone) : null;
  return [
    contentLine('BEGIN', 'VEVENT'),
    textLine('UID', uidOf(event, stands)),
    contentLine('DTSTAMP', basicMoment(event.updated) ?? basicMoment(event.created) ?? '19700101T000000Z'),
    stands ?? '',
    ...whenLines(event, when, timeZone, cancelledOf(event.id)),
    contentLine('CREATED', basicMoment(event.created)),
    contentLine('LAST-MODIFIED', basicMoment(event.updated)),
    contentLine('SEQUENCE', event.sequence ? String(event.sequence) : null),
    textLine('SUMMARY', event.summary),
    textLine('DESCRIPTION', event.description),
    textLine('LOCATION', event.location),
    contentLine('STATUS', event.status === 'tentative' ? 'TENTATIVE' : 'CONFIRMED'),
    contentLine('TRANSP', event.transparency === 'transparent' ? 'TRANSPARENT' : 'OPAQUE'),
    contentLine('CLASS', classOf(event.visibility)),
    contentLine('COLOR', colors.get(event.colorId ?? '')),
    contentLine('URL', event.htmlLink),
    ...peopleLines(event),
    ...event.attachments.map(({ title, fileUrl, mimeType }) =>
      contentLine('ATTACH', fileUrl, { FMTTYPE: mimeType || null, FILENAME: title || null }),
    ),
    ...conferenceLines(event),
    ...alarmComponents(remindersOf(event, around), event, mailAddress(calendarId)),
    contentLine('END', 'VEVENT'),
  ].join('');
}

/** An exception has that of its series; one of which nobody knows what it stands for would take the place of the series. */
function uidOf({ id, iCalUID, recurringEventId }: WholeEvent, stands: string | null): string {
  if (recurringEventId && stands === null) return `${id}@google.com`;
  return iCalUID || `${recurringEventId ?? id}@google.com`;
}

function classOf(visibility: string | null | undefined): string | null {
  switch (visibility) {
    case 'public':
    case 'private':
    case 'confidential':
      return visibility.toUpperCase();
    default:
      return null;
  }
}

/** https://www.rfc-editor.org/rfc/rfc7986#section-5.11, and the name that Google gives it in files of its own. */
function conferenceLines({ conferenceData, hangoutLink }: WholeEvent): string[] {
  const entries = (conferenceData?.entryPoints ?? []).map(({ entryPointType, uri, label }) =>
    contentLine('CONFERENCE', uri, {
      VALUE: 'URI',
      FEATURE: entryPointType === 'video' ? ['AUDIO', 'VIDEO'] : entryPointType === 'phone' ? 'PHONE' : null,
      LABEL: label || null,
    }),
  );
  return [contentLine('X-GOOGLE-CONFERENCE', hangoutLink), ...entries];
}

/** Google tells the usual reminders of timed events only; those of whole days are set apart, where it does not say. */
function remindersOf({ reminders, start }: WholeEvent, { defaultReminders }: Around): Reminders {
  if (reminders?.useDefault !== true) return reminders?.overrides ?? [];
  return start?.date ? [] : defaultReminders;
}

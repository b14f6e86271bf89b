import type { AgendaItem, Answer, EventKind } from '../../contract/calendar.ts';

/** What an event is where it is no meeting. */
export const kindWords: Readonly<Record<EventKind, string | null>> = {
  meeting: null,
  birthday: 'birthday',
  'focus-time': 'focus time',
  'from-gmail': 'from Gmail',
  'out-of-office': 'out of office',
  'working-location': 'working location',
};

const ownAnswers: Readonly<Record<Answer, string | null>> = {
  accepted: null,
  declined: 'declined',
  tentative: 'maybe',
  unanswered: 'not answered',
};

/** What has to be said beside a title, in few words. */
export function chipsOf({ kind, answer, tentative, incomplete }: AgendaItem): string[] {
  const chips = [
    kindWords[kind],
    answer && ownAnswers[answer],
    tentative ? 'tentative' : null,
    incomplete ? 'may repeat more often' : null,
  ];
  return chips.filter((chip) => chip !== null);
}

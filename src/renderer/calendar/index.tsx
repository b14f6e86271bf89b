import { calendar } from '../../contract/calendar.ts';
import { count } from '../common/count.ts';
import type { Face } from '../common/faces.ts';
import { AgendaView } from './agenda-view.tsx';
import { hitWords } from './hit-words.ts';

export const calendarFace: Face = {
  contract: calendar,
  Screen: AgendaView,
  words: {
    counts: (locale, { calendars = 0, events = 0 }) =>
      `${count(locale, calendars, 'calendar')} · ${count(locale, events, 'event')}`,
    items: (locale, amount) => count(locale, amount, 'event'),
    list: 'Calendar',
  },
  hit: hitWords,
};

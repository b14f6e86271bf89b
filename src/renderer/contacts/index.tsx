import { contacts } from '../../contract/contacts.ts';
import { count } from '../common/count.ts';
import type { Face } from '../common/faces.ts';
import { ContactsView } from './contacts-view.tsx';

export const contactsFace: Face = {
  contract: contacts,
  Screen: ContactsView,
  hit: () => null,
  words: {
    counts: (locale, { contacts: people = 0, groups = 0, others = 0 }) =>
      [
        count(locale, people, 'contact'),
        count(locale, groups, 'group'),
        ...(others > 0 ? [count(locale, others, 'other')] : []),
      ].join(' · '),
    items: (locale, amount) => count(locale, amount, 'contact'),
    list: 'List',
  },
};

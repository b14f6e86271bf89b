import { shownText } from '../../contract/shown-text.ts';
import type { Finding, Searchable } from '../search/searchable.ts';
import { GooglePerson } from './api.ts';
import { factsOf } from './facts.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly body: string;
}

/** What can be found of contacts: their names and everything that is known of them. */
export const searchablePeople: Searchable = {
  table: 'people',
  columns: ['id', 'name', 'body'],
  find({ id, name, body }: Row): Finding {
    const facts = factsOf(GooglePerson.parse(JSON.parse(body)), new Map());
    const text = [...new Set(facts.map(({ value }) => value))].filter((value) => value !== name).join(' · ');
    const item = JSON.stringify({ id });
    return { item, title: name, text: shownText(text, 20_000), starts: null, ends: null, family: null };
  },
};

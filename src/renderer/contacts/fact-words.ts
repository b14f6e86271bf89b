import type { PersonFact, PersonFactKind } from '../../contract/contacts.ts';

/** What the lines about a person are called, in the order in which they are shown. */
export const factNames = {
  phone: 'Phone',
  email: 'E-mail',
  address: 'Address',
  organization: 'Organisation',
  occupation: 'Occupation',
  birthday: 'Birthday',
  event: 'Dates',
  relation: 'Related people',
  note: 'Notes',
  group: 'Groups',
  im: 'Messaging',
  sip: 'Internet calls',
  url: 'Web pages',
  custom: 'Own fields',
  interest: 'Interests',
  skill: 'Skills',
  location: 'Location',
  name: 'Full name',
  phonetic: 'Pronounced',
  nickname: 'Nickname',
  'file-as': 'Sorted as',
  gender: 'Gender',
  locale: 'Language',
  keyword: 'Keywords',
  calendar: 'Calendar address',
  'external-id': 'Numbers elsewhere',
  'client-data': 'Kept by other programs',
} as const satisfies Readonly<Record<PersonFactKind, string>>;

/** Lines that are about the same. */
export interface FactGroup {
  readonly name: string;
  readonly facts: readonly PersonFact[];
}

/** The lines about a person by what they are about; lines about the same stay in Google's order. */
export function groupFacts(facts: readonly PersonFact[]): FactGroup[] {
  const byKind = Map.groupBy(facts, ({ kind }) => kind);
  return (Object.keys(factNames) as PersonFactKind[]).flatMap((kind) => {
    const same = byKind.get(kind);
    return same === undefined ? [] : [{ name: factNames[kind], facts: same }];
  });
}

import type { SearchAnswer } from '../../contract/search.ts';
import type { AccountView } from '../../contract/state.ts';
import { count } from '../common/count.ts';
import type { Faces } from '../common/faces.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** What was searched and what was not, so that "nothing" is never said of what nobody looked at. */
export function searchedWords(
  locale: string | undefined,
  { unfinished, missing, indexing }: Pick<SearchAnswer, 'unfinished' | 'missing' | 'indexing'>,
  accounts: readonly AccountView[],
  faces: Faces,
): string[] {
  const several = accounts.length > 1;
  const order = Object.keys(faces);
  const inOrder = (parts: SearchAnswer['missing']) =>
    parts.toSorted((a, b) => order.indexOf(a.service) - order.indexOf(b.service));
  const whose = ({ accountId, service }: SearchAnswer['missing'][number]) => {
    const account = accounts.find((each) => each.account.id === accountId);
    const name = faces[service]?.contract.name ?? service;
    return several && account ? `${name} of ${account.account.email}` : name;
  };
  const soFar = (part: SearchAnswer['missing'][number]) => {
    const progress = accounts.find(({ account }) => account.id === part.accountId)?.services[part.service]?.sync
      .progress;
    const items = faces[part.service]?.words.items(locale, progress?.items ?? 0);
    return progress && items ? `${whose(part)} (${items} so far)` : whose(part);
  };
  return [
    ...(unfinished.length > 0
      ? [`Still being copied: ${list.format(inOrder(unfinished).map(soFar))}. There may be more.`]
      : []),
    ...(missing.length > 0
      ? [`Not searched, because it is not copied: ${list.format(inOrder(missing).map(whose))}.`]
      : []),
    ...(indexing ? ['The index is being made anew. Some of what is copied is not found yet.'] : []),
  ];
}

/** How much was found. */
export function foundWords(locale: string | undefined, answer: SearchAnswer): string {
  const hits = answer.groups.reduce((sum, group) => sum + group.hits.length, 0);
  if (hits === 0) return 'Nothing was found';
  const more = answer.groups.some(({ next }) => next !== null);
  return more ? `The best ${count(locale, hits, 'result')}` : count(locale, hits, 'result');
}

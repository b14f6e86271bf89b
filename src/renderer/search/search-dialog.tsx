import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Hit } from '../../contract/search.ts';
import type { AccountView } from '../../contract/state.ts';
import { useFaces } from '../common/faces.ts';
import { Notice } from '../common/notice.tsx';
import { useNow } from '../common/use-now.ts';
import { useQuery } from '../common/use-query.ts';
import './search.css';
import { searchId, searchQuery } from './search-query.ts';
import { SearchResults } from './search-results.tsx';
import { foundWords, searchedWords } from './search-words.ts';

interface Props {
  readonly accounts: readonly AccountView[];
  readonly daemon: string;
  readonly onOpen: (service: string, hit: Hit) => void;
  readonly onClose: () => void;
}

/** Hits of each service at first, and of the only one. */
const few = 6;
const many = 50;

/** One field over everything that is mirrored: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function SearchDialog({ accounts, daemon, onOpen, onClose }: Props) {
  const faces = useFaces();
  const now = useNow(30_000);
  const ids = { title: useId(), list: useId() };
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [text, type] = useState('');
  const [only, narrow] = useState<{ service: string; amount: number } | null>(null);
  const [chosen, choose] = useState<{ readonly of: string; readonly at: number }>({ of: '', at: 0 });

  useEffect(() => {
    dialog.current?.showModal();
    return () => void window.mooring.cancelSearch({ id: searchId });
  }, []);

  const wish = {
    text,
    accounts: accounts.map(({ account }) => account.id),
    service: only?.service ?? null,
    amount: only?.amount ?? few,
  };
  const revisions = accounts.flatMap(({ services }) => Object.values(services).map(({ sync }) => sync.revision)).join();
  // What was found stays in its place while somebody looks at it; that there is nothing may end at any moment.
  const [isEmpty, setEmpty] = useState(true);
  const { shown, current, problem } = useQuery(searchQuery, wish, isEmpty ? `${daemon}/${revisions}` : daemon);
  const asked = text.trim() !== '';
  const answer = asked ? (shown?.result ?? null) : null;
  const nothing = (answer?.groups ?? []).length === 0;
  if (nothing !== isEmpty) setEmpty(nothing);
  const order = Object.keys(faces);
  const groups = (answer?.groups ?? []).toSorted((a, b) => order.indexOf(a.service) - order.indexOf(b.service));
  const hits = groups.flatMap(({ service, hits: found }) => found.map((hit) => ({ service, hit })));
  // A new question begins at its best answer.
  const active = chosen.of === text ? Math.min(chosen.at, hits.length - 1) : 0;

  function look(next: string): void {
    // Nobody waits for what was asked before.
    void window.mooring.cancelSearch({ id: searchId });
    type(next);
  }

  function open(service: string, hit: Hit): void {
    // Closed before it goes, so that the browser gives the focus back to where it was.
    dialog.current?.close();
    onOpen(service, hit);
  }

  function press(event: KeyboardEvent): void {
    const to = new Map([
      ['ArrowDown', active + 1],
      ['ArrowUp', active - 1],
      ['PageDown', active + 5],
      ['PageUp', active - 5],
    ]).get(event.key);
    if (to !== undefined) {
      event.preventDefault();
      const at = Math.min(Math.max(to, 0), hits.length - 1);
      choose({ of: text, at });
      document.getElementById(`${ids.list}-${at}`)?.scrollIntoView({ block: 'nearest' });
    }
    const hit = hits[active];
    if (event.key === 'Enter' && hit !== undefined && current) open(hit.service, hit.hit);
    if (event.key === 'Backspace' && text === '') narrow(null);
  }

  return (
    <dialog ref={dialog} className="search" aria-labelledby={ids.title} onClose={onClose}>
      <h2 id={ids.title} className="visually-hidden">
        Search
      </h2>
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-label="Search everything"
        aria-autocomplete="list"
        aria-expanded={hits.length > 0}
        aria-controls={ids.list}
        aria-activedescendant={hits.length > 0 ? `${ids.list}-${active}` : undefined}
        placeholder="Search everything on this computer"
        maxLength={500}
        value={text}
        onChange={(event) => look(event.target.value)}
        onKeyDown={press}
      />
      <fieldset className="search-services" aria-label="Where to search">
        {[null, ...Object.keys(faces)].map((service) => (
          <button
            key={service ?? ''}
            type="button"
            aria-pressed={(only?.service ?? null) === service}
            onClick={() => {
              narrow(service === null ? null : { service, amount: many });
              field.current?.focus();
            }}
          >
            {service === null ? 'Everything' : faces[service]?.contract.name}
          </button>
        ))}
      </fieldset>
      <Notice problem={problem} />
      {answer?.forgiven && answer.groups.length > 0 && (
        <p className="search-said">
          Nothing has “{shown?.params.text.trim()}”. Shown instead: {answer.forgiven.join(', ')}.
        </p>
      )}
      <div className="search-found" data-old={!current}>
        <SearchResults
          id={ids.list}
          groups={groups}
          accounts={accounts}
          now={now}
          active={active}
          onOpen={open}
          onMore={(service) => {
            narrow(only?.service === service ? { service, amount: only.amount * 2 } : { service, amount: many });
            field.current?.focus();
          }}
        />
      </div>
      <div className="search-foot" aria-live="polite">
        {answer && current && <p>{foundWords(undefined, answer)}</p>}
        {answer &&
          searchedWords(undefined, answer, accounts, faces).map((words) => (
            <p key={words} className="quiet">
              {words}
            </p>
          ))}
        {!asked && (
          <p className="quiet">Words, beginnings of words, “words in a row”, and -words that must not be there.</p>
        )}
      </div>
    </dialog>
  );
}

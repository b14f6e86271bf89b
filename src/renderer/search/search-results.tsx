import type { Hit, SearchAnswer } from '../../contract/search.ts';
import type { AccountView } from '../../contract/state.ts';
import { useFaces } from '../common/faces.ts';
import { MarkedText } from './marked-text.tsx';

interface Props {
  readonly id: string;
  readonly groups: SearchAnswer['groups'];
  readonly accounts: readonly AccountView[];
  readonly now: number;
  /** Which of all hits Enter opens. */
  readonly active: number;
  readonly onOpen: (service: string, hit: Hit) => void;
  /** Shows more of one service. */
  readonly onMore: (service: string) => void;
}

/** What was found, by service; the keys are the field's, which names the active one. */
export function SearchResults({ id, groups, accounts, now, active, onOpen, onMore }: Props) {
  const faces = useFaces();
  const emails = new Map(accounts.map(({ account }) => [account.id, account.email]));
  let at = -1;
  return (
    <div id={id} className="search-results" role="listbox" aria-label="Results">
      {groups.map(({ service, hits, next }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is none of a listbox.
        <div key={service} role="group" aria-label={faces[service]?.contract.name ?? service}>
          <h3 role="presentation">{faces[service]?.contract.name ?? service}</h3>
          {hits.map((hit) => {
            at += 1;
            const index = at;
            const words = [
              faces[service]?.hit(hit, now) ?? null,
              accounts.length > 1 ? (emails.get(hit.accountId) ?? null) : null,
            ].filter((each) => each !== null);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's.
              // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus, and names its active option.
              <div
                key={`${hit.accountId} ${hit.item}`}
                id={`${id}-${index}`}
                className="search-hit"
                role="option"
                aria-selected={index === active}
                onClick={() => onOpen(service, hit)}
              >
                <span className="search-title">
                  {hit.title.text === '' ? 'Without a title' : <MarkedText {...hit.title} />}
                </span>
                {words.length > 0 && <span className="quiet">{words.join(' · ')}</span>}
                {hit.snippet && (
                  <span className="search-snippet">
                    <MarkedText {...hit.snippet} />
                  </span>
                )}
              </div>
            );
          })}
          {next !== null && (
            <button type="button" className="link" onClick={() => onMore(service)}>
              More in {faces[service]?.contract.name ?? service}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

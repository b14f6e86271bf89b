import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { type Circle, mostPeople, PersonRequest } from '../../contract/contacts.ts';
import { copyOnlyWords } from '../common/copy-only.ts';
import type { Opened, ScreenProps } from '../common/faces.ts';
import '../common/list-detail.css';
import { LongList } from '../common/long-list.tsx';
import { Notice } from '../common/notice.tsx';
import { readItem } from '../common/read-item.ts';
import { useQuery } from '../common/use-query.ts';
import { circleWords, groupOf } from './circle.ts';
import { CircleChoice } from './circle-choice.tsx';
import './contacts.css';
import { emptyWords } from './empty-words.ts';
import { PersonDetail } from './person-detail.tsx';
import { PersonPhoto } from './person-photo.tsx';
import { PersonRow } from './person-row.tsx';
import { openPhotos } from './photos.ts';
import { groupsQuery, peopleQuery, personQuery } from './queries.ts';

/** Whom everybody knows, circle by circle. */
export function ContactsView({ accounts, daemon, opened }: ScreenProps) {
  const detail = useRef<HTMLElement>(null);
  const [photos] = useState(openPhotos);

  const version = `${accounts.map(({ services }) => services['contacts']?.sync.revision ?? 0).join()}/${daemon}`;
  const ids = accounts.map(({ account }) => account.id);
  const groups = useQuery(groupsQuery, { accounts: ids }, version);
  // Null is the circle of whoever was opened, which only their details tell.
  const [place, go] = useState<Circle | null>(null);
  const [selected, select] = useState<PersonRequest | null>(null);
  const person = useQuery(personQuery, selected, version);

  const all = groups.shown?.result ?? [];
  const isOther = person.current && person.shown?.result?.other === true;
  const wanted: Circle = place ?? { kind: isOther ? 'others' : 'contacts' };
  // A group may have gone since it was chosen.
  const chosen: Circle = wanted.kind !== 'group' || groupOf(wanted, all) ? wanted : { kind: 'contacts' };
  const key = JSON.stringify(chosen);
  const [reached, reach] = useState({ key, amount: mostPeople });
  const amount = reached.key === key ? reached.amount : mostPeople;
  const people = useQuery(
    peopleQuery,
    { accounts: chosen.kind === 'group' ? [chosen.accountId] : ids, circle: chosen, amount },
    version,
  );
  const open = useEffectEvent((to: Opened) => {
    const item = readItem(PersonRequest.omit({ accountId: true }), to.item);
    if (item === null) return;
    go(null);
    select({ accountId: to.accountId, id: item.id });
  });
  useEffect(() => {
    if (opened) open(opened);
  }, [opened]);

  const held = accounts.flatMap(({ services }) => services['contacts']?.sync ?? []);
  const total = (of: 'contacts' | 'others') => held.reduce((sum, { counts }) => sum + (counts[of] ?? 0), 0);
  const copyOnly = copyOnlyWords(accounts, 'contacts');
  const emails = new Map(accounts.map(({ account }) => [account.id, account.email]));
  const whose = (accountId: string) => (accounts.length > 1 ? (emails.get(accountId) ?? null) : null);
  const rows = people.shown?.result.items ?? [];
  // The rows of one circle stay until those of the next are there.
  const circle = people.shown?.params.circle ?? chosen;
  const { params: who = null, result: details = null } = person.shown ?? {};

  return (
    <section className="list-detail contacts" aria-label="Contacts" aria-busy={!people.current && !people.problem}>
      <header>
        <div aria-live="polite">
          <h2>Contacts</h2>
          {copyOnly !== null && <p className="quiet">{copyOnly}</p>}
          {circle.kind === 'others' && (
            <p className="quiet">People you had to do with. Google noted them by itself; they are not your contacts.</p>
          )}
        </div>
        <CircleChoice
          groups={all}
          chosen={chosen}
          contacts={total('contacts')}
          others={total('others')}
          whose={whose}
          onChoose={(to) => {
            go(to);
            select(null);
          }}
        />
        <Notice problem={groups.problem ?? people.problem} />
      </header>
      {rows.length === 0 ? (
        <p className="nothing">{people.shown && emptyWords(held, circle.kind)}</p>
      ) : (
        <LongList
          key={JSON.stringify(circle)}
          label={circleWords(circle, all)}
          rows={rows}
          total={Math.max(people.shown?.result.total ?? 0, rows.length)}
          keyOf={keyOf}
          selected={selected && keyOf(selected)}
          onSelect={({ accountId, id }) => {
            go(chosen);
            select({ accountId, id });
          }}
          onEnter={() => detail.current?.focus()}
          onNearEnd={() => {
            if (people.current && people.shown?.result.next) reach({ key, amount: amount * 2 });
          }}
        >
          {(row) => (
            <PersonRow
              person={row}
              whose={whose(row.accountId)}
              photo={<PersonPhoto {...row} photos={photos} version={version} />}
            />
          )}
        </LongList>
      )}
      <article ref={detail} tabIndex={-1} aria-label="Person">
        <Notice problem={person.problem} />
        {who && details && (
          <PersonDetail
            details={details}
            whose={whose(who.accountId)}
            photo={<PersonPhoto {...who} name={details.name} photo={details.photo} photos={photos} version={version} />}
          />
        )}
        {selected === null && <p className="quiet">Choose somebody to see all that is known of them.</p>}
        {selected !== null && person.current && person.shown?.result === null && (
          <p>This person is no longer in the copy: they were removed at Google, or joined with somebody else.</p>
        )}
      </article>
    </section>
  );
}

const keyOf = ({ accountId, id }: PersonRequest): string => `${accountId}/${id}`;

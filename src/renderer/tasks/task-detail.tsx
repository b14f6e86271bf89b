import { useMemo } from 'react';
import type { TaskDetails } from '../../contract/tasks.ts';
import { AddressButton } from '../common/address-button.tsx';
import { dayWords } from '../common/days.ts';
import { Fact, Facts } from '../common/facts.tsx';
import { dueWords } from './due-words.ts';

const assignedWords = {
  document: 'In a document',
  space: 'In a space of Google Chat',
  elsewhere: 'Somewhere that Mooring does not know',
} as const satisfies Readonly<Record<NonNullable<TaskDetails['assignedIn']>, string>>;

/** All that is known of a task; what is not known has no line. */
export function TaskDetail({ details, today }: { details: TaskDetails; today: string }) {
  const words = useMemo(() => dayWords(undefined), []);
  const { title, list, parent, notes, due, doneAt, assignedIn, links, link } = details;
  return (
    <>
      <h3 dir="auto">{title || 'Without a title'}</h3>
      <Facts>
        <Fact name="List">
          <bdi>{list}</bdi>
        </Fact>
        {parent !== null && (
          <Fact name="Part of">
            <bdi>{parent || 'A task without a title'}</bdi>
          </Fact>
        )}
        {due !== null && <Fact name="Due">{doneAt === null ? dueWords(words, today, due) : words.full(due)}</Fact>}
        {doneAt !== null && <Fact name="Done">{new Date(doneAt).toLocaleString()}</Fact>}
        {assignedIn !== null && <Fact name="Assigned">{assignedWords[assignedIn]}</Fact>}
        {notes !== '' && (
          <Fact name="Notes">
            <p className="task-notes" dir="auto">
              {notes}
            </p>
          </Fact>
        )}
        {links.length > 0 && (
          <Fact name="Links">
            {links.map(({ label, href }) => (
              <p key={`${label} ${href}`}>
                <AddressButton href={href}>{label}</AddressButton>
              </p>
            ))}
          </Fact>
        )}
        {link !== null && (
          <Fact name="At Google">
            <AddressButton href={link}>Address in Google Tasks</AddressButton>
          </Fact>
        )}
      </Facts>
    </>
  );
}

import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { mostTasks, TaskRequest } from '../../contract/tasks.ts';
import { copyOnlyWords } from '../common/copy-only.ts';
import { dayTeller, dayWords } from '../common/days.ts';
import type { Opened, ScreenProps } from '../common/faces.ts';
import '../common/list-detail.css';
import { LongList } from '../common/long-list.tsx';
import { Notice } from '../common/notice.tsx';
import { readItem } from '../common/read-item.ts';
import { useNow } from '../common/use-now.ts';
import { useQuery } from '../common/use-query.ts';
import { dueWords } from './due-words.ts';
import { emptyWords } from './empty-words.ts';
import { ListChoice } from './list-choice.tsx';
import { listsQuery, taskQuery, tasksQuery } from './queries.ts';
import { TaskDetail } from './task-detail.tsx';
import './tasks.css';

/** What everybody has to do, list by list. */
export function TasksView({ accounts, daemon, opened }: ScreenProps) {
  const now = useNow(30_000);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const today = useMemo(() => dayTeller(timeZone), [timeZone])(now);
  const words = useMemo(() => dayWords(undefined), []);
  const detail = useRef<HTMLElement>(null);

  const version = `${accounts.map(({ services }) => services['tasks']?.sync.revision ?? 0).join()}/${daemon}`;
  const ids = accounts.map(({ account }) => account.id);
  const lists = useQuery(listsQuery, { accounts: ids }, version);
  const [place, go] = useState<{ accountId: string; listId: string } | null>(null);
  const [done, showDone] = useState(false);
  const [taskId, select] = useState<string | null>(null);
  const all = lists.shown?.result ?? [];
  const chosen =
    all.find(({ accountId, id }) => accountId === place?.accountId && id === place.listId) ?? all[0] ?? null;
  const listId = chosen?.id ?? null;
  const key = `${chosen?.accountId}/${listId}/${done}`;
  const [reached, reach] = useState({ key, amount: mostTasks });
  const amount = reached.key === key ? reached.amount : mostTasks;

  const wish = chosen && { accountId: chosen.accountId, listId: chosen.id, done };
  const tasks = useQuery(tasksQuery, wish && { ...wish, amount }, version);
  const { shown: task, problem } = useQuery(
    taskQuery,
    chosen && taskId !== null ? { accountId: chosen.accountId, listId: chosen.id, taskId } : null,
    version,
  );
  const open = useEffectEvent((to: Opened) => {
    const found = readItem(TaskRequest.omit({ accountId: true }), to.item);
    if (found === null) return;
    go({ accountId: to.accountId, listId: found.listId });
    select(found.taskId);
    detail.current?.focus();
  });
  useEffect(() => {
    if (opened) open(opened);
  }, [opened]);

  const held = accounts.flatMap(({ services }) => services['tasks']?.sync ?? []);
  const rows = tasks.shown?.result.items ?? [];
  const total = chosen === null ? 0 : done ? chosen.done : chosen.open;
  const copyOnly = copyOnlyWords(accounts, 'tasks');
  const emails = new Map(accounts.map(({ account }) => [account.id, account.email]));

  return (
    <section className="list-detail tasks" aria-label="Tasks" aria-busy={!tasks.current && !tasks.problem}>
      <header>
        <div aria-live="polite">
          <h2>Tasks</h2>
          {copyOnly !== null && <p className="quiet">{copyOnly}</p>}
        </div>
        <ListChoice
          lists={all}
          chosen={chosen}
          done={done}
          whose={(accountId) => (accounts.length > 1 ? (emails.get(accountId) ?? null) : null)}
          onChoose={(list) => {
            go({ accountId: list.accountId, listId: list.id });
            select(null);
          }}
          onDone={(is) => {
            showDone(is);
            select(null);
          }}
        />
        <Notice problem={lists.problem ?? tasks.problem} />
      </header>
      {rows.length === 0 ? (
        <p className="nothing">{tasks.shown && emptyWords(held, done)}</p>
      ) : (
        <LongList
          key={key}
          label={done ? 'Tasks that are done' : 'Tasks to do'}
          rows={rows}
          total={Math.max(total, rows.length)}
          keyOf={({ id }) => id}
          selected={taskId}
          onSelect={({ id }) => select(id)}
          onEnter={() => detail.current?.focus()}
          onNearEnd={() => {
            if (tasks.current && tasks.shown?.result.next) reach({ key, amount: amount * 2 });
          }}
        >
          {({ title, due, sub, done: isDone }) => (
            <div className="task" data-sub={sub} data-done={isDone}>
              <bdi>{title || 'Without a title'}</bdi>
              {due !== null && !isDone && (
                <span className="quiet" data-late={due < today}>
                  {dueWords(words, today, due)}
                </span>
              )}
            </div>
          )}
        </LongList>
      )}
      <article ref={detail} tabIndex={-1} aria-label="Task">
        <Notice problem={problem} />
        {task?.result && <TaskDetail details={task.result} today={today} />}
        {taskId === null && <p className="quiet">Choose a task to see all of it.</p>}
        {taskId !== null && task !== null && task.params?.taskId === taskId && task.result === null && (
          <p>This task is no longer in the copy: it was removed or moved at Google.</p>
        )}
      </article>
    </section>
  );
}

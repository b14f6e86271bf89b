import type { TaskList } from '../../contract/tasks.ts';

interface Props {
  readonly lists: readonly TaskList[];
  readonly chosen: TaskList | null;
  readonly done: boolean;
  /** Says whose a list is, where it could be more than one person's. */
  readonly whose: (accountId: string) => string | null;
  readonly onChoose: (list: TaskList) => void;
  readonly onDone: (done: boolean) => void;
}

/** Which list is shown, and whether what is to be done in it or what is done. */
export function ListChoice({ lists, chosen, done, whose, onChoose, onDone }: Props) {
  const words = (list: TaskList) => {
    const owner = whose(list.accountId);
    const name = `${list.title || 'Without a name'} (${list.open.toLocaleString()})`;
    return owner === null ? name : `${name} · ${owner}`;
  };
  return (
    <div className="list-choice">
      <select
        aria-label="Task list"
        value={chosen === null ? '' : lists.indexOf(chosen)}
        onChange={({ target }) => {
          const list = lists[Number(target.value)];
          if (list) onChoose(list);
        }}
      >
        {lists.map((list, index) => (
          <option key={`${list.accountId}/${list.id}`} value={index}>
            {words(list)}
          </option>
        ))}
      </select>
      <button type="button" aria-pressed={!done} onClick={() => onDone(false)}>
        To do
      </button>
      <button type="button" aria-pressed={done} onClick={() => onDone(true)}>
        Done
      </button>
    </div>
  );
}

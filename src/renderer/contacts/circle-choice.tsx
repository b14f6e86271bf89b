import type { Circle, ContactGroup } from '../../contract/contacts.ts';
import { groupOf } from './circle.ts';

interface Props {
  readonly groups: readonly ContactGroup[];
  readonly chosen: Circle;
  /** How many contacts there are, and how many people whom Google noted. */
  readonly contacts: number;
  readonly others: number;
  /** Says whose a group is, where it could be more than one person's. */
  readonly whose: (accountId: string) => string | null;
  readonly onChoose: (circle: Circle) => void;
}

/** Which people are shown. */
export function CircleChoice({ groups, chosen, contacts, others, whose, onChoose }: Props) {
  const group = groupOf(chosen, groups);
  const words = ({ name, members, accountId }: ContactGroup) => {
    const owner = whose(accountId);
    const named = `${name || 'Without a name'} (${members.toLocaleString()})`;
    return owner === null ? named : `${named} · ${owner}`;
  };
  return (
    <select
      aria-label="Which people"
      value={group === undefined ? chosen.kind : groups.indexOf(group)}
      onChange={({ target }) => {
        const to = groups[Number(target.value)];
        if (to) onChoose({ kind: 'group', accountId: to.accountId, groupId: to.id });
        else onChoose({ kind: target.value === 'others' ? 'others' : 'contacts' });
      }}
    >
      <option value="contacts">All contacts ({contacts.toLocaleString()})</option>
      <option value="others">Noted by Google ({others.toLocaleString()})</option>
      {groups.map((each, index) => (
        <option key={`${each.accountId}/${each.id}`} value={index}>
          {words(each)}
        </option>
      ))}
    </select>
  );
}

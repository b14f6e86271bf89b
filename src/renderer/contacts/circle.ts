import type { Circle, ContactGroup } from '../../contract/contacts.ts';

/** The group that a circle is, among those that there are; undefined where it is none of them. */
export function groupOf(circle: Circle, groups: readonly ContactGroup[]): ContactGroup | undefined {
  if (circle.kind !== 'group') return undefined;
  return groups.find(({ accountId, id }) => accountId === circle.accountId && id === circle.groupId);
}

/** What the list of a circle is called. */
export function circleWords(circle: Circle, groups: readonly ContactGroup[]): string {
  switch (circle.kind) {
    case 'contacts':
      return 'All contacts';
    case 'others':
      return 'People noted by Google';
    case 'group':
      return `Contacts in ${groupOf(circle, groups)?.name || 'a group without a name'}`;
    default:
      return circle satisfies never;
  }
}

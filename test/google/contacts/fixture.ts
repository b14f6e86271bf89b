import type { Fixture } from '../core/part.ts';
import { ENDPOINTS } from './api.ts';
import type { ContactControl } from './control.ts';

function nameOf(control: ContactControl, sub: string, title: string): string {
  const found = control.contacts(sub).find(({ names }) => Array.isArray(names) && names[0]?.displayName === title);
  if (!found?.resourceName) throw new Error(`No contact ${title}`);
  return found.resourceName;
}

export const fixture: Fixture<ContactControl> = {
  path: `${ENDPOINTS.connections}?personFields=names`,
  add: (control, sub, title) => void control.putContact(sub, { names: [{ displayName: title }] }),
  rename: (control, sub, from, to) =>
    void control.putContact(sub, { resourceName: nameOf(control, sub, from), names: [{ displayName: to }] }),
  remove: (control, sub, title) => control.deleteContact(sub, nameOf(control, sub, title)),
  fill: (control, sub, amount) =>
    control.seedContacts(sub, { contacts: Math.ceil(amount / 6), others: Math.ceil((5 * amount) / 6), seed: 7 }),
  addOdd(control, sub) {
    control.putContact(sub, {
      resourceName: 'people/strange',
      names: 7,
      emailAddresses: [7, null, { value: 5 }],
      phoneNumbers: { value: 'x' },
      birthdays: [{ date: 'yesterday' }],
      memberships: [{}, { contactGroupMembership: 'x' }],
    } as object);
    control.putContact(sub, {
      resourceName: 'people/odd',
      names: [{ displayName: ['x'] }],
      photos: [{ url: 9 }, null],
    } as object);
    control.putContactGroup(sub, { resourceName: 'contactGroups/odd', name: 5, groupType: 7 } as object);
  },
  forgetMarks: (control, sub) => control.forgetContactTokens(sub),
  // Photos are at the address of the double, which is another one each time.
  truth: (control, sub) =>
    JSON.parse(
      JSON.stringify({ people: control.contacts(sub), groups: control.contactGroups(sub) }).replaceAll(
        /http:\/\/127\.0\.0\.1:\d+/g,
        '',
      ),
    ),
};

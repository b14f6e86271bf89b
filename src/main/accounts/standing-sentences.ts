import type { ServiceContract } from '../../contract/service.ts';

/** What a person is told of how a service stands: what happened, what it means for the copy, and what to do. */
export const sentencesFor = ({ name, things, api }: ServiceContract) => ({
  working: `Mooring keeps a copy of ${things}.`,
  'not-chosen': `Mooring does not copy ${things}. Choose it to have a copy here; Google then asks for your permission.`,
  declined: `You did not give Mooring permission for ${name} at Google, so ${things} are not copied. Everything else goes on. Give permission whenever you like.`,
  'switched-off': `You have switched ${name} off, so ${things} are not copied any more. Switch it on again whenever you like.`,
  'scope-missing': `Google is no longer allowed to share ${things} with Mooring. What was copied before stays here, and everything else goes on; give permission to go on with ${name}.`,
  'budget-spent': `Mooring has asked Google for ${things} as often today as it may: what Google allows in a day is shared by everybody who uses the same client. The copy stays as it is and goes on tomorrow.`,
  connection: `${name} goes on as soon as the connection does.`,
  'api-disabled': `The ${api} is switched off for this app’s client. The copy of ${things} is safe, and everything else goes on. Whoever owns the client has to switch it on in Google’s console.`,
  'blocked-by-admin': `Your organisation’s administrator does not allow this app to read ${things}. The copy stays here, and everything else goes on; only the administrator can allow it again.`,
  listUnread: `The list of ${things} could not be read. What it named before goes on; Mooring tries again by itself.`,
  listsRefused: (named: readonly string[], more: number) =>
    `Google did not hand out ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}. What was copied of it stays, and everything else of ${name} goes on; Mooring tries again by itself, or when you press “Sync now”.`,
});

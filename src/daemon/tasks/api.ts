import { z } from 'zod';
import type { GoogleGet } from '../google/http.ts';
import { Items, notAPage, readItems, Token } from '../google/page.ts';
import type { SincePage, SincePosition } from '../sync/feeds/updated-since.ts';

// Only the id is needed to keep an item; whatever else is missing or of another type counts as not said.
const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const id = z.string().min(1).max(1_024);

export const GoogleTaskList = z.looseObject({ id, title: text });
export type GoogleTaskList = z.infer<typeof GoogleTaskList>;

const Link = z.looseObject({ type: text, description: text, link: text }).nullish().catch(null);
const Assignment = z.looseObject({ surfaceType: text, linkToTask: text }).nullish().catch(null);

/** https://developers.google.com/workspace/tasks/reference/rest/v1/tasks */
export const GoogleTask = z.looseObject({
  id,
  title: text,
  notes: text,
  parent: text,
  position: text,
  status: text,
  due: text,
  completed: text,
  deleted: flag,
  hidden: flag,
  links: z.array(Link).nullish().catch(null),
  assignmentInfo: Assignment,
  webViewLink: text,
});
export type GoogleTask = z.infer<typeof GoogleTask>;

const Answer = z.object({ items: Items, nextPageToken: Token.nullish() });

/** Without these, Google leaves out what was done in its own apps, what others assigned, and what was deleted. */
const everything = { showCompleted: true, showHidden: true, showAssigned: true, showDeleted: true };

/** The lists of the Tasks API that are mirrored, each in the largest pages that there are. */
export function googleTasks(get: GoogleGet) {
  async function read<T>(
    schema: z.ZodType<T>,
    path: string,
    query: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<SincePage<T>> {
    const answer = Answer.safeParse(await get(path, query, signal));
    if (!answer.success) throw notAPage(answer.error);
    const { items, nextPageToken } = answer.data;
    return { ...readItems(schema, items), nextPageToken: nextPageToken ?? null };
  }
  return {
    lists: (position: { readonly pageToken?: string }, signal: AbortSignal) =>
      read(GoogleTaskList, '/tasks/v1/users/@me/lists', { maxResults: 1_000, ...position }, signal),
    tasks: (listId: string, position: SincePosition, signal: AbortSignal) =>
      read(
        GoogleTask,
        `/tasks/v1/lists/${encodeURIComponent(listId)}/tasks`,
        { maxResults: 100, ...everything, ...position },
        signal,
      ),
    /** Asks for as little as there is, to hear what time it is at Google. */
    touch: async (signal: AbortSignal) => {
      await get('/tasks/v1/users/@me/lists', { maxResults: 1, fields: 'kind' }, signal);
    },
  };
}

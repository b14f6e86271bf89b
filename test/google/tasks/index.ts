import type { Person } from '../core/model.ts';
import type { Part, SeedOptions } from '../core/part.ts';
import { API, ENDPOINTS, SCOPE_WORDS, taskRoutes } from './api.ts';
import { type TaskControl, taskControl } from './control.ts';
import { fixture } from './fixture.ts';
import { insertList, type TaskLibrary } from './model.ts';
import { seedTasks } from './seed.ts';

interface Options {
  /** Tasks in the first person's first list. */
  tasks?: number;
}

/** Google Tasks. */
export const tasks = {
  api: API,
  endpoints: ENDPOINTS,
  scopes: SCOPE_WORDS,
  seed(people: readonly Person[], { seed, tasks: amount = 40 }: SeedOptions & Options, now: number): TaskLibrary {
    const library: TaskLibrary = { version: 0, bySub: {}, delay: 0, quota: null };
    people.forEach((person, index) => {
      const size = index === 0 ? { lists: 3, tasks: amount } : { lists: 1, tasks: 10 };
      seedTasks(library, person, { ...size, seed }, now);
    });
    return library;
  },
  welcome(library: TaskLibrary, person: Person): void {
    insertList(library, person.sub, 'My Tasks', Date.now());
  },
  routes: taskRoutes,
  control: taskControl,
  fixture,
} as const satisfies Part<TaskLibrary, Options, TaskControl>;

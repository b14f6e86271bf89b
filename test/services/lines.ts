import { z } from 'zod';

const Line = z.strictObject({ list: z.string().nullable(), body: z.looseObject({ id: z.string().exactOptional() }) });

/** What an export has of everything as Google sent it: https://jsonlines.org */
export const linesOf = (files: Readonly<Record<string, string>>): z.infer<typeof Line>[] =>
  (files['As Google sent it.jsonl'] ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)));

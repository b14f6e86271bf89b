import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const Entries = z.array(z.object({ account: z.string(), password: z.string() }));
type Entries = z.infer<typeof Entries>;

const program = `
  const keytar = require('keytar');
  keytar.findCredentials(process.argv[1]).then((found) => process.stdout.write(JSON.stringify(found)));
`;

const Overtaken = z.union([
  z.object({ signal: z.literal('SIGSEGV') }),
  z.object({ stderr: z.string().regex(/No such secret item/) }),
]);

/**
 * The entries of a service as they are now. The Secret Service names the entries first and is then asked for each. One that
 * the app removes in between is an error, or ends the process: keytar reads a value that is not there. So it is asked by a
 * process of its own, and anew where it was overtaken.
 */
export async function keychainEntries(service: string): Promise<Entries> {
  for (;;) {
    try {
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', program, service], {
        cwd: import.meta.dirname,
      });
      return Entries.parse(JSON.parse(stdout));
    } catch (error) {
      if (!Overtaken.safeParse(error).success) throw error;
    }
  }
}

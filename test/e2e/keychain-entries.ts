import keytar from 'keytar';

type Entry = Awaited<ReturnType<typeof keytar.findCredentials>>[number];

/**
 * The entries of a service as they are now. The Secret Service names the entries first and is then asked for each; one
 * that the app removes in between is an error, which says only that the list is an old one, so it is asked for anew.
 */
export async function keychainEntries(service: string): Promise<Entry[]> {
  for (;;) {
    try {
      return await keytar.findCredentials(service);
    } catch (error) {
      if (!/No such secret item/.test(String(error))) throw error;
    }
  }
}

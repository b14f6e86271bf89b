/** Bytes; main reads no more either. */
const largest = 65_536;

/** Why a dropped file cannot be Google's, as far as that shows before main reads it; null if it may be. */
export function clientFileRefusal(files: readonly { readonly size: number }[]): string | null {
  const [file, ...others] = files;
  if (!file) return 'That was not a file. Drop the client_secret_….json file that Google’s console gave you.';
  if (others.length > 0) return 'Drop one file only: the client_secret_….json file that Google’s console gave you.';
  if (file.size > largest) {
    return 'That file is larger than 64 KB, so it cannot be Google’s client file. Look for client_secret_….json.';
  }
  return null;
}

/**
 * What is handed to the system's browser, or null when it is not to be: only an address at one of these origins, without
 * a name, password or fragment, and written exactly as a URL parser writes it, so that nothing that reads it later can
 * understand it in another way. https://www.electronjs.org/docs/latest/tutorial/security (item 15)
 */
export function externalUrl(address: string, origins: readonly string[]): string | null {
  if (address.length > longest || !plain.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.href !== address) return null;
  // The origin of `blob:https://…` is that of the address inside.
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return origins.includes(url.origin) ? url.href : null;
}

/** RFC 3986, section 2, without the `#` that begins a fragment: no space, no control character, no letter of another script. */
const plain = /^[\w\-.~%:/?@!$&'()*+,;=[\]]+$/;

/**
 * Characters: what Windows takes, https://www.electronjs.org/docs/latest/api/shell#shellopenexternalurl-options. A sign-in
 * address has some 1,000.
 */
const longest = 2_081;

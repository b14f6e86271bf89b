export const scheme = 'app';
export const host = 'ui';
export const origin = `${scheme}://${host}`;
export const startPage = `${origin}/index.html`;

/** Whether a URL is a page of this app: exactly its origin, as a URL parser reads it, without a user name or password. */
export function isOwnPage(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return `${url.protocol}//${url.host}` === origin && url.username === '' && url.password === '';
}

/** Whether a page may ask for this: what is in the package, a picture that is in the address itself, and own tools. */
export function mayLoad(url: string, devTools: boolean): boolean {
  return isOwnPage(url) || url.startsWith('data:image/') || (devTools && url.startsWith('devtools:'));
}

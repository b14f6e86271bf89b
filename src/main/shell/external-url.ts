/**
 * What is handed to the system's browser, or null when it is not to be: only an address at which a sign-in begins, on the
 * loopback listener (RFC 8252, section 7.3), written exactly as the listener writes it, so that nothing that reads it later
 * can understand it in another way. https://www.electronjs.org/docs/latest/tutorial/security (item 15)
 */
export const externalUrl = (address: string): string | null =>
  beginning.test(address) && URL.canParse(address) && new URL(address).href === address ? address : null;

const beginning = /^http:\/\/(127\.0\.0\.1|\[::1\]):[1-9]\d{0,4}\/[\w-]{43}$/;

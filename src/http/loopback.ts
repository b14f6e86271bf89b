/** Whether an address is on this computer. */
export const isLoopback = (text: string): boolean =>
  URL.canParse(text) && ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(text).hostname);

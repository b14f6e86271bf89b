/** "1 event", "5,012 events". */
export function count(locale: string | undefined, amount: number, one: string): string {
  return `${amount.toLocaleString(locale)} ${amount === 1 ? one : `${one}s`}`;
}

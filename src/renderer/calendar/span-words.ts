import type { Span } from './group-by-day.ts';

/** "9:00 – 10:30", "from 22:00", "until 2:00" or "All day", in the reader's way of writing times. */
export function spanWords(locale: string | undefined, timeZone: string): (span: Span) => string {
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' });
  return (span) => {
    switch (span.kind) {
      case 'all-day':
        return 'All day';
      case 'within':
        return span.end > span.start
          ? `${time.format(span.start)} – ${time.format(span.end)}`
          : time.format(span.start);
      case 'begins':
        return `from ${time.format(span.start)}`;
      case 'ends':
        return `until ${time.format(span.end)}`;
      default:
        return span satisfies never;
    }
  };
}

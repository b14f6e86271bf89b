import { runExport } from '../../src/daemon/export/run.ts';

// Writes one file, then begins another that never ends, and says so: to be killed.

const [folder = ''] = process.argv.slice(2);

await runExport(
  { folder, parts: [{ accountId: 'ada', label: 'ada@example.com', services: ['books'] }] },
  {
    snapshot: {
      exported: () => [
        {
          name: 'Hall.txt',
          items: 1,
          *content() {
            yield 'after\n';
          },
        },
        {
          name: 'Attic.txt',
          items: 1,
          *content() {
            process.send?.('writing');
            for (;;) yield '';
          },
        },
      ],
      close: () => {},
    },
    titleOf: () => 'Books',
    at: 0,
    signal: new AbortController().signal,
    onProgress: () => {},
  },
);

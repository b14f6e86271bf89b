import { describe, expect, test } from 'vitest';
import { WebAddress } from '../../src/contract/web-address.ts';
import { readAddress, readDescription } from '../../src/daemon/calendar/description.ts';

describe('a description', () => {
  const words = (html: string) =>
    readDescription(html).blocks.map(({ kind, runs }) => [
      kind,
      ...runs.map(({ text, href }) => (href ? `${text}→${href}` : text)),
    ]);

  test.each<[string, string, ReturnType<typeof words>]>([
    [
      'plain lines',
      'One\nTwo\r\n\r\nThree',
      [
        ['paragraph', 'One'],
        ['paragraph', 'Two'],
        ['paragraph', 'Three'],
      ],
    ],
    [
      'paragraphs and breaks',
      '<p>One<br>Two</p><div>Three</div>',
      [
        ['paragraph', 'One'],
        ['paragraph', 'Two'],
        ['paragraph', 'Three'],
      ],
    ],
    [
      'a list',
      '<ul><li>One</li><li>Two',
      [
        ['entry', 'One'],
        ['entry', 'Two'],
      ],
    ],
    ['entities', 'Fish &amp; chips &lt;3 &nbsp;', [['paragraph', 'Fish & chips <3 \u00a0']]],
    ['a link', '<a href="https://a.example/x?y=1">here</a>', [['paragraph', 'here→https://a.example/x?y=1']]],
    ['a letter', '<a href="mailto:a@b.example">write</a>', [['paragraph', 'write→mailto:a@b.example']]],
    ['a script', 'x<script>alert(1)</script>y', [['paragraph', 'xy']]],
    ['a style', '<style>p{}</style>z', [['paragraph', 'z']]],
    ['a script link', '<a href="javascript:alert(1)">go</a>', [['paragraph', 'go']]],
    ['a data link', '<a href="data:text/html,x">go</a>', [['paragraph', 'go']]],
    ['a file link', '<a href="file:///etc/passwd">go</a>', [['paragraph', 'go']]],
    ['a link with a password', '<a href="https://google.com@evil.example/">go</a>', [['paragraph', 'go']]],
    ['an app link', '<a href="mooring://x">go</a>', [['paragraph', 'go']]],
    ['attributes that act', '<b onclick="x()">bold</b><img src=x onerror=y>', [['paragraph', 'bold']]],
    ['a comment', 'a<!-- b -->c', [['paragraph', 'ac']]],
    [
      'tags that never end',
      '<p><a href="https://a.example/">x<div>y',
      [
        ['paragraph', 'x→https://a.example/'],
        ['paragraph', 'y→https://a.example/'],
      ],
    ],
    ['less than', '1 < 2 and 3 > 2', [['paragraph', '1 < 2 and 3 > 2']]],
    ['direction marks', '\u202eevil\u202c', [['paragraph', 'evil']]],
    ['nothing', ' \n <br> ', []],
  ])('with %s', (_name, html, expected) => {
    expect(words(html).map(([kind, ...runs]) => [kind, runs.join('|')])).toEqual(
      expected.map(([kind, ...runs]) => [kind, runs.join('|')]),
    );
  });

  test('S31 that is huge is cut, and said to be', () => {
    const { blocks, cut } = readDescription('<p>'.repeat(2_000_000));
    expect([blocks.length, cut]).toEqual([0, true]);
    const long = readDescription('line\n'.repeat(10_000));
    expect([long.blocks.length <= 2_000, long.cut]).toEqual([true, true]);
  });
});

test.each([
  ['https://example.com/a b', 'https://example.com/a%20b'],
  [' http://example.com ', 'http://example.com/'],
  ['tel:+44-20', 'tel:+44-20'],
  ['example.com', null],
  ['//example.com', null],
  ['', null],
  [null, null],
  ['mailto:ada lovelace@example.com', 'mailto:ada%20lovelace@example.com'],
  ['tel:\u202e+44 20', 'tel:%E2%80%AE+44%2020'],
  ['mailto:', null],
  [`https://example.com/${'x'.repeat(3_000)}`, null],
])('the address %s is %s', (text, expected) => {
  expect(readAddress(text)).toBe(expected);
  if (expected !== null) expect(WebAddress.parse(expected)).toBe(expected);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namesInFolder, safeName } from '../../src/daemon/export/file-name.ts';

test.each([
  ['Work.ics', 'Work.ics'],
  ['Customer call — Harbour & Sons.ics', 'Customer call — Harbour & Sons.ics'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['..\\..\\boot.ics', '_.._boot.ics'],
  ['a/b:c*d?"<>|.ics', 'a_b_c_d_.ics'],
  ['CON.ics', '_CON.ics'],
  ['con', '_con'],
  ['Com¹.x.ics', '_Com¹.x.ics'],
  ['Console.ics', 'Console.ics'],
  ['.hidden.ics', 'hidden.ics'],
  ['.', 'Untitled'],
  ['..', 'Untitled'],
  ['', 'Untitled'],
  ['.ics', 'Untitled.ics'],
  [' . .ics', 'Untitled.ics'],
  ['dots... .ics', 'dots.ics'],
  ['line\r\nbreak\u0000.ics', 'line_break_.ics'],
  ['\u202eexe.ics', '_exe.ics'],
  ['e\u0301.ics', '\u00e9.ics'],
  ['half \ud83c.ics', 'half \ufffd.ics'],
  [`${'x'.repeat(500)}.ics`, `${'x'.repeat(176)}.ics`],
  [`${'👩‍👩‍👧'.repeat(50)}.ics`, `${'👩‍👩‍👧'.repeat(9)}.ics`],
])('%j is kept as %j', (given, name) => expect(safeName(given)).toBe(name));

test('whatever a thing is called, its file has a name that every system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
      const name = safeName(`${given}.ics`);
      expect(name).toMatch(/^[^.\s<>:"/\\|?*\p{Cc}][^<>:"/\\|?*\p{Cc}]*\.ics$/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    }),
  );
});

test('names that some system takes for one are told apart', () => {
  const nameOf = namesInFolder(['mooring-export.json']);
  const names = [
    'Work.ics',
    'work.ics',
    'WORK.ics',
    'Straße.ics',
    'STRASSE.ics',
    'Mooring-Export.json',
    'Work (2).ics',
  ];
  expect(names.map(nameOf)).toEqual([
    'Work.ics',
    'work (2).ics',
    'WORK (3).ics',
    'Straße.ics',
    'STRASSE (2).ics',
    'Mooring-Export (2).json',
    'Work (2) (2).ics',
  ]);
});

import { expect, test } from 'vitest';
import { formatFields, formatTable } from './table.ts';
import { textWidth } from './text-width.ts';

test.each([
  ['plain', 5],
  ['é', 1],
  ['e\u0301', 1],
  ['日本語', 6],
  ['한글', 4],
  ['🎉', 2],
  ['👩‍🔬', 2],
  ['✓ done', 6],
] as const)('%s takes %i columns', (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test('columns stay in line behind wide names', () => {
  expect(
    formatTable(
      ['NAME', 'N'],
      [
        ['言う 🎉', '1'],
        ['Build', '2'],
      ],
    ),
  ).toBe('NAME     N\n言う 🎉  1\nBuild    2');
  expect(
    formatFields([
      ['変数', '1'],
      ['file', '2'],
    ]),
  ).toBe('変数  1\nfile  2');
});

// A matrix as coloured cells with their numbers: what is predicted as what.

import { element, shortened, words } from './element.ts';
import { picture, width } from './frame.ts';
import { shortNumber } from './scale.ts';

export interface HeatMap {
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly names: readonly string[];
  /** Row i, column j. */
  readonly counts: readonly (readonly number[])[];
  /** 0 to 1: how dark a cell is. */
  readonly shares: readonly (readonly number[])[];
}

export function heatMap({ title, xName, yName, names, counts, shares }: HeatMap): string {
  const left = 170;
  const top = 78;
  const side = Math.min(90, Math.floor((width - left - 32) / names.length));
  const cells = counts.flatMap((row, i) =>
    row.map((count, j) => {
      const x = left + j * side;
      const y = top + i * side;
      const box = { x, y, width: side - 2, height: side - 2, rx: 3 };
      const shade = element('rect', {
        class: 'f0',
        'fill-opacity': 0.08 + 0.6 * shares[i][j],
        ...box,
      });
      if (side < 30) return shade;
      return shade + words(shortNumber(count), x + side / 2 - 1, y + side / 2 + 3, middle);
    }),
  );
  const length = Math.max(3, Math.floor(side / 7));
  const labels = names.flatMap((name, i) => [
    words(shortened(name, 20), left - 8, top + i * side + side / 2 + 3, { 'text-anchor': 'end' }),
    words(shortened(name, length), left + i * side + side / 2, top - 8, middle),
  ]);
  const end = top + names.length * side;
  return picture(
    title,
    [
      ...cells,
      ...labels,
      words(xName, left + (names.length * side) / 2, top - 28, { ...middle, class: 'words quiet' }),
      words(yName, 24, top - 8, { class: 'words quiet' }),
    ],
    end + 24,
  );
}

const middle = { 'text-anchor': 'middle' };

// Charts with one named row a thing: bars with their spread, and clouds of points.

import { dot } from './charts.ts';
import { element, shortened, words } from './element.ts';
import { type Axes, picture, width, xAxis } from './frame.ts';
import { domainOf, roundScale } from './scale.ts';

const rowHeight = 26;
const top = 48;

interface RowsSpec {
  readonly title: string;
  readonly xName: string;
  readonly names: readonly string[];
  readonly values: Iterable<number>;
  /** A line below the axis, at that height. */
  readonly footer?: (y: number) => string;
  readonly marks: (axes: Axes, rowAt: (row: number) => number) => readonly string[];
}

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Half the length of the whisker; 0 for none. */
  readonly spread: number;
}

export function barChart(title: string, xName: string, bars: readonly Bar[]): string {
  return rowsChart({
    title,
    xName,
    names: bars.map(({ name }) => name),
    values: [0, ...bars.flatMap(({ value, spread }) => [value - spread, value + spread])],
    marks: ({ x }, rowAt) => bars.flatMap((bar, i) => drawnBar(bar, rowAt(i), (v) => x.place(v))),
  });
}

function drawnBar({ value, spread }: Bar, y: number, place: (value: number) => number) {
  const [from, to] = [place(Math.min(0, value)), place(Math.max(0, value))];
  const box = {
    class: 'box f0',
    x: from,
    y: y - 8,
    width: Math.max(1, to - from),
    height: 16,
    rx: 2,
  };
  if (spread === 0) return [element('rect', box)];
  const whisker = {
    class: 'axis',
    x1: place(value - spread),
    x2: place(value + spread),
    y1: y,
    y2: y,
  };
  return [element('rect', box), element('line', whisker)];
}

export interface Cloud {
  readonly name: string;
  readonly points: readonly {
    readonly x: number;
    /** Which of the two colours; null is grey. */
    readonly isHigh: boolean | null;
  }[];
}

/** Points of like place are moved up and down, so that their number shows. */
export function cloudChart(title: string, xName: string, clouds: readonly Cloud[]): string {
  const key = legend([
    [1, 'high value'],
    [0, 'low value'],
    [6, 'text, or missing'],
  ]);
  return rowsChart({
    title,
    xName,
    names: clouds.map(({ name }) => name),
    values: [0, ...clouds.flatMap(({ points }) => points.map(({ x }) => x))],
    footer: key,
    marks: ({ x, area }, rowAt) => [
      element('line', {
        class: 'axis',
        x1: x.place(0),
        x2: x.place(0),
        y1: area.top,
        y2: area.bottom,
      }),
      ...clouds.flatMap(({ points }, i) => swarm(points, rowAt(i), (value) => x.place(value))),
    ],
  });
}

function swarm(
  points: Cloud['points'],
  middle: number,
  place: (value: number) => number,
): readonly string[] {
  const stacked = new Map<number, number>();
  return points.map(({ x, isHigh }) => {
    const at = place(x);
    const slot = Math.round(at / 4);
    const count = stacked.get(slot) ?? 0;
    stacked.set(slot, count + 1);
    const away = Math.ceil(count / 2) * (count % 2 === 0 ? 1 : -1) * 2.2;
    const colour = isHigh === null ? 6 : Number(isHigh);
    return dot([at, middle + Math.max(-11, Math.min(11, away))], colour, 2.2);
  });
}

function legend(items: readonly (readonly [number, string])[]): (y: number) => string {
  return (y) =>
    items
      .map(([colour, name], i) => {
        const x = width - 24 - 110 * (items.length - i);
        const swatch = { class: `f${colour}`, cx: x, cy: y - 4, r: 4 };
        return element('circle', swatch) + words(name, x + 9, y);
      })
      .join('');
}

function rowsChart({ title, xName, names, values, marks, footer }: RowsSpec): string {
  const labels = names.map((name) => shortened(name, 26));
  const longest = Math.max(4, ...labels.map((label) => [...label].length));
  const bottom = top + Math.max(1, names.length) * rowHeight + 8;
  const area = { left: Math.min(230, 34 + 7 * longest), right: width - 24, top, bottom };
  const x = roundScale(domainOf(values), area.left, area.right);
  const rowAt = (row: number) => top + row * rowHeight + rowHeight / 2 + 4;
  const axes: Axes = { area, x, y: x };
  const drawn = [
    ...xAxis(axes, xName),
    ...labels.map((label, i) =>
      words(label, area.left - 8, rowAt(i) + 4, { 'text-anchor': 'end' }),
    ),
    ...marks(axes, rowAt),
    ...(footer === undefined ? [] : [footer(bottom + 68)]),
  ];
  return picture(title, drawn, bottom + (footer === undefined ? 56 : 84));
}

// Charts with two numeric axes: lines, points, and a histogram.

import { element, pathOf } from './element.ts';
import { type AxisSpec, colourCount, framed } from './frame.ts';
import { domainOf } from './scale.ts';

export type Point = readonly [x: number, y: number];

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** How it is drawn; `stairs` keeps a value until the next. Default `line`. */
  readonly shape?: 'line' | 'line and dots' | 'stairs' | 'dots';
}

interface ChartSpec {
  readonly title: string;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** A dashed line to compare with, from point to point. */
  readonly reference?: readonly Point[];
}

export interface LineChart extends ChartSpec {
  readonly series: readonly Series[];
}

/** A plot of more points is no clearer, and its file is larger. */
const mostPoints = 400;

export function lineChart(spec: LineChart): string {
  const { series, reference = [] } = spec;
  return framed({
    ...spec,
    legend: series.length > 1 ? series.map(({ name }) => name) : [],
    marks: ({ x, y }) => [
      referenceLine(reference.map(([a, b]) => [x.place(a), y.place(b)])),
      ...series.flatMap(({ points, shape = 'line' }, i) => {
        const places = thinned(points, mostPoints).map(([a, b]): Point => [x.place(a), y.place(b)]);
        return drawn(places, shape, i % colourCount);
      }),
    ],
  });
}

function drawn(
  places: readonly Point[],
  shape: Series['shape'],
  colour: number,
): readonly string[] {
  const d = pathOf(shape === 'stairs' ? stairs(places) : places);
  const line = shape === 'dots' ? [] : [element('path', { class: `line s${colour}`, d })];
  const isDotted = shape === 'dots' || shape === 'line and dots';
  return isDotted ? [...line, ...places.map((place) => dot(place, colour, 3.5))] : line;
}

export interface ScatterChart extends ChartSpec {
  readonly points: readonly Point[];
}

export function scatterChart(spec: ScatterChart): string {
  return framed({
    ...spec,
    legend: [],
    marks: ({ x, y }) => [
      ...spec.points.map(([a, b]) => dot([x.place(a), y.place(b)], 0, 3)),
      referenceLine((spec.reference ?? []).map(([a, b]) => [x.place(a), y.place(b)])),
    ],
  });
}

export interface Histogram {
  readonly title: string;
  readonly xName: string;
  /** One more than the counts, ascending. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export function histogram({ title, xName, edges, counts }: Histogram): string {
  return framed({
    title,
    legend: [],
    x: { name: xName, domain: domainOf(edges) },
    y: { name: 'Rows', domain: domainOf([0, ...counts]) },
    marks: ({ x, y, area }) =>
      counts.map((count, i) => {
        const left = x.place(edges[i]) + 1;
        const top = y.place(count);
        const size = {
          width: Math.max(1, x.place(edges[i + 1]) - left - 1),
          height: area.bottom - top,
        };
        return element('rect', { class: 'box f0', x: left, y: top, ...size });
      }),
  });
}

/** Evenly chosen points, the first and the last among them. */
export function thinned<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from(
    { length: most },
    (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))],
  );
}

export function dot([cx, cy]: Point, colour: number, r: number): string {
  return element('circle', { class: `dot f${colour}`, cx, cy, r });
}

function referenceLine(points: readonly Point[]): string {
  return points.length < 2 ? '' : element('path', { class: 'dash', d: pathOf(points) });
}

function stairs(points: readonly Point[]): readonly Point[] {
  return points.flatMap((point, i): Point[] => {
    const next = points[i + 1];
    return next === undefined ? [point] : [point, [next[0], point[1]]];
  });
}

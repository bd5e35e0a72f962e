// The frame of every plot: background, title, axes with ticks and names, legend. Legible on light and
// on dark pages by the reader's setting; no script, no font to load.

import { element, words } from './element.ts';
import { type Domain, roundScale, type Scale } from './scale.ts';
import { timeScale } from './time-scale.ts';

export const width = 640;
export const height = 420;

/** Colours that people with any colour vision tell apart (Okabe and Ito 2008), lighter on dark. */
const light = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#b8508f',
  '#946c00',
  '#3a86c8',
  '#5f6b7a',
  '#222222',
];
const dark = [
  '#56b4e9',
  '#ff8f4c',
  '#2fcf9f',
  '#e39ac6',
  '#f0c04a',
  '#9ac7ff',
  '#a9b4c2',
  '#f0f0f0',
];
export const colourCount = light.length;

const fonts = 'system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';

const shared = [
  `.words{font:12px ${fonts}}`,
  `.title{font:600 15px ${fonts}}`,
  '.line{fill:none;stroke-width:2}',
  '.grid{stroke-width:1}.axis{stroke-width:1}',
  '.dash{fill:none;stroke-width:1.5;stroke-dasharray:5 4}',
  '.dot{fill-opacity:.55}.box{fill-opacity:.85}.band{fill-opacity:.25}',
];

function themed(colours: readonly string[], [page, ink, quiet, faint]: readonly string[]): string {
  const series = colours.map((colour, i) => `.s${i}{stroke:${colour}}.f${i}{fill:${colour}}`);
  const inks = `.page{fill:${page}}.words{fill:${ink}}.quiet{fill:${quiet}}`;
  return `${inks}.grid{stroke:${faint}}.axis,.dash{stroke:${quiet}}.halo{fill:${page}}${series.join('')}`;
}

const style = [
  ...shared,
  themed(light, ['#ffffff', '#1f2328', '#59636e', '#dde2e7']),
  `@media (prefers-color-scheme:dark){${themed(dark, ['#12161c', '#e8ecf1', '#a3adb8', '#333b45'])}}`,
].join('');

/** Where the marks of a plot go: pixels from the top left. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface AxisSpec {
  readonly name: string;
  readonly domain: Domain;
  /** Whether its values are milliseconds since 1970; of a horizontal axis. Default false. */
  readonly isTime?: boolean;
}

export interface Axes {
  readonly area: Area;
  readonly x: Scale;
  readonly y: Scale;
}

export interface FrameSpec {
  readonly title: string;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** Names in the order of their colours; none: no legend. */
  readonly legend: readonly string[];
  readonly marks: (axes: Axes) => readonly string[];
}

const legendWidth = 132;

/** A plot with a numeric axis to each side. */
export function framed({ title, x, y, legend, marks }: FrameSpec): string {
  const right = width - (legend.length > 0 ? legendWidth + 16 : 24);
  const yScale = roundScale(y.domain, height - 56, 48);
  const longest = Math.max(...yScale.ticks.map(({ label }) => label.length));
  const area = { left: Math.max(58, 36 + 7 * longest), right, top: 48, bottom: height - 56 };
  const xScale = (x.isTime === true ? timeScale : roundScale)(x.domain, area.left, area.right);
  const axes = { area, x: xScale, y: yScale };
  return picture(title, [
    ...xAxis(axes, x.name),
    ...yAxis(axes, y.name),
    ...marks(axes),
    ...legendOf(legend, right + 16),
  ]);
}

/** The document: background, title and what is drawn, so many pixels high. */
export function picture(title: string, drawn: readonly string[], tall = height): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${tall}`,
    width,
    height: tall,
    role: 'img',
    'aria-label': title,
  };
  const page = element('rect', { class: 'page', width, height: tall, rx: 6 });
  const head = words(title, 24, 28, { class: 'words title' });
  return `${element('svg', attributes, [`<style>${style}</style>`, page, head, ...drawn])}\n`;
}

export function xAxis({ area, x }: Axes, name: string): readonly string[] {
  return [
    ...x.ticks.map(({ value, label }) => {
      const at = x.place(value);
      const line = { class: 'grid', x1: at, x2: at, y1: area.top, y2: area.bottom };
      const text = words(label, at, area.bottom + 18, { 'text-anchor': 'middle' });
      return element('line', line) + text;
    }),
    element('line', {
      class: 'axis',
      x1: area.left,
      x2: area.right,
      y1: area.bottom,
      y2: area.bottom,
    }),
    words(name, (area.left + area.right) / 2, area.bottom + 42, {
      class: 'words quiet',
      'text-anchor': 'middle',
    }),
  ];
}

function yAxis({ area, y }: Axes, name: string): readonly string[] {
  const middle = (area.top + area.bottom) / 2;
  return [
    ...y.ticks.map(({ value, label }) => {
      const at = y.place(value);
      const line = { class: 'grid', x1: area.left, x2: area.right, y1: at, y2: at };
      const text = words(label, area.left - 8, at + 4, { 'text-anchor': 'end' });
      return element('line', line) + text;
    }),
    element('line', { class: 'axis', x1: area.left, x2: area.left, y1: area.top, y2: area.bottom }),
    words(name, 18, middle, {
      class: 'words quiet',
      'text-anchor': 'middle',
      transform: `rotate(-90 18 ${middle})`,
    }),
  ];
}

function legendOf(names: readonly string[], left: number): readonly string[] {
  return names.map((name, i) => {
    const y = 58 + 20 * i;
    const swatch = {
      class: `f${i % colourCount}`,
      x: left,
      y: y - 9,
      width: 11,
      height: 11,
      rx: 2,
    };
    const cut = [...name].length > 16 ? `${[...name].slice(0, 15).join('')}…` : name;
    return element('rect', swatch) + words(cut, left + 18, y + 1);
  });
}

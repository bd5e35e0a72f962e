import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogram, lineChart, scatterChart, thinned } from './charts.ts';
import { escaped, shortened } from './element.ts';
import { heatMap } from './heat-map.ts';
import { barChart, cloudChart } from './rows-charts.ts';
import { roundScale, shortNumber } from './scale.ts';

/** Opening and closing tags in pairs, attributes quoted, no number that is none, nothing that runs. */
function expectSound(svg: string): void {
  const open: string[] = [];
  const rest = svg.replaceAll(
    /<(\/?)([a-z]+)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<>]*")*)(\/?)>/g,
    (_, isEnd: string, name: string, _attributes, isEmpty: string) => {
      if (isEnd === '/') expect(open.pop()).toBe(name);
      else if (isEmpty === '') open.push(name);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(svg).not.toMatch(/NaN|Infinity|<script|\son[a-z]+="|href/);
}

const hostile = '</svg><script>alert(1)</script>" onload="x" & \u0000\u{1F600}\uD800';

const numbers = fc.array(
  fc.oneof(
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.constantFrom(0, 1e300, -1e300, 1e-300, Number.NaN, Number.POSITIVE_INFINITY),
  ),
  { minLength: 2, maxLength: 12 },
);
const axis = (name: string, values: readonly number[]) => {
  const known = values.filter(Number.isFinite);
  return { name, domain: { min: Math.min(0, ...known), max: Math.max(0, ...known) } };
};

describe('every chart is sound', () => {
  it('for any numbers, and for names that would be markup', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const points = values.map((value, i) => [i, value] as const);
        const spec = { title: hostile, x: axis(hostile, values), y: axis(hostile, values) };
        const shapes = ['line', 'line and dots', 'stairs', 'dots'] as const;
        expectSound(
          lineChart({ ...spec, series: shapes.map((shape) => ({ name: hostile, points, shape })) }),
        );
        expectSound(scatterChart({ ...spec, points, reference: points }));
        const bars = values.map((value) => ({ name: hostile, value, spread: Math.abs(value) }));
        expectSound(barChart(hostile, hostile, bars));
        const cloud = { name: hostile, points: values.map((x) => ({ x, isHigh: x > 0 })) };
        expectSound(cloudChart(hostile, hostile, [cloud]));
        const edges = values.filter(Number.isFinite).sort((a, b) => a - b);
        if (edges.length < 2) return;
        expectSound(
          histogram({ title: hostile, xName: hostile, edges, counts: edges.slice(1).map(() => 3) }),
        );
      }),
    );
  });

  it('for a matrix of one class and of forty', () => {
    for (const count of [1, 40]) {
      const names = Array.from({ length: count }, () => hostile);
      const counts = names.map(() => names.map((_, j) => j));
      const shares = names.map(() => names.map(() => 0.5));
      expectSound(heatMap({ title: hostile, xName: 'x', yName: 'y', names, counts, shares }));
    }
  });

  it('without any row', () => {
    expectSound(barChart('none', 'x', []));
    expectSound(cloudChart('none', 'x', []));
  });

  it('on light and on dark pages', () => {
    const svg = barChart('bars', 'x', [{ name: 'a', value: 1, spread: 0 }]);
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
    expect(svg).toContain('class="page"');
  });
});

describe('roundScale', () => {
  it.each<[number, number, string[]]>([
    [0, 1, ['0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [-3, 41, ['-10', '0', '10', '20', '30', '40', '50']],
    [0, 120_000, ['0', '50k', '100k', '150k']],
    [1_000, 6_000, ['1000', '2000', '3000', '4000', '5000', '6000']],
    [0.001, 0.0042, ['0.001', '0.002', '0.003', '0.004', '0.005']],
    [7, 7, ['2', '4', '6', '8', '10', '12']],
    [0, 0, ['-0.6', '-0.4', '-0.2', '0', '0.2', '0.4', '0.6']],
  ])('puts ticks for %d to %d at round numbers', (min, max, labels) => {
    expect(roundScale({ min, max }, 0, 100).ticks.map(({ label }) => label)).toEqual(labels);
  });

  it('has different, ascending ticks around any domain', () => {
    const size = fc.oneof(
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const { ticks, ...scale } = roundScale({ min, max }, 10, 20);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(12);
        expect(ticks.every(({ value }, i) => i === 0 || value > ticks[i - 1].value)).toBe(true);
        // Beyond 1e200 an axis ends, so that no sum on it overflows.
        const [low, high] = [min, max].map((value) => Math.min(1e200, Math.max(-1e200, value)));
        const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high)) + 1e-200;
        expect(scale.min).toBeLessThanOrEqual(low + slack);
        expect(scale.max).toBeGreaterThanOrEqual(high - slack);
        expect(scale.place(scale.min)).toBe(10);
        expect(scale.place(scale.max)).toBe(20);
      }),
    );
  });
});

it.each<[number, string]>([
  [0, '0'],
  [0.123456, '0.1235'],
  [-12.5, '-12.5'],
  [1234.5, '1235'],
  [98_765, '98.77k'],
  [12_345_678, '12.35M'],
  [0.00001234, '1.23e-5'],
  [1e15, '1e+15'],
  [Number.NaN, 'NaN'],
])('shows %d as %s', (value, shown) => {
  expect(shortNumber(value)).toBe(shown);
});

it('escapes what XML does not allow', () => {
  expect(escaped('<a href="x">&\u0001</a>')).toBe('&lt;a href=&quot;x&quot;&gt;&amp; &lt;/a&gt;');
});

it('cuts a long name between characters', () => {
  expect(shortened('\u{1F600}'.repeat(5), 3)).toBe('\u{1F600}\u{1F600}…');
  expect(shortened('abc', 3)).toBe('abc');
});

it('keeps the first and the last of many points', () => {
  const items = Array.from({ length: 1000 }, (_, i) => i);
  const kept = thinned(items, 7);
  expect([kept.length, kept[0], kept[6]]).toEqual([7, 0, 999]);
});

import type { Distribution } from '@ridgeline/azureml-yaml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextParameters, type Parameters, type SamplerSettings, trialCount } from './sampler.ts';

const space = (spaceOf: Record<string, Distribution>) => new Map(Object.entries(spaceOf));
const uniform = (minValue: number, maxValue: number): Distribution => ({
  type: 'uniform',
  minValue,
  maxValue,
});

function settings(more: {
  readonly algorithm: SamplerSettings['sampling']['algorithm'];
  readonly searchSpace: SamplerSettings['searchSpace'];
  readonly rule?: 'random' | 'sobol';
  readonly logbase?: number;
  readonly seed?: string;
}): SamplerSettings {
  const { algorithm, searchSpace, rule = 'random', logbase = null, seed = 'seed' } = more;
  return {
    searchSpace,
    sampling: { algorithm, rule, seed: null, logbase },
    goal: 'minimize',
    seed,
  };
}

describe('grid', () => {
  const searchSpace = space({
    a: { type: 'choice', values: [1, 2, 3] },
    b: { type: 'choice', values: ['x', 'y'] },
  });
  const grid = settings({ algorithm: 'grid', searchSpace });

  test('tries every combination once, the last parameter changing fastest', () => {
    expect(trialCount(grid)).toBe(6);
    const tried = Array.from({ length: 6 }, (_, index) => nextParameters(grid, index, []));
    expect(tried.map(({ a, b }) => `${a}${b}`)).toEqual(['1x', '1y', '2x', '2y', '3x', '3y']);
    expect(Object.keys(tried[0] ?? {})).toEqual(['a', 'b']);
  });
});

describe.each(['random', 'sobol'] as const)('random sampling by the rule %s', (rule) => {
  const searchSpace = space({ a: uniform(0, 1), b: { type: 'normal', mu: 0, sigma: 1 } });
  const draw = (seed: string, index: number) =>
    nextParameters(settings({ algorithm: 'random', searchSpace, rule, seed }), index, []);

  test('is the same for a seed, and another for another', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(999), (seed, index) => {
        expect(draw(seed, index)).toEqual(draw(seed, index));
        expect(draw(seed, index)).not.toEqual(draw(`${seed}.`, index));
        expect(draw(seed, index)).not.toEqual(draw(seed, index + 1));
        expect(Number.isFinite(draw(seed, index).b)).toBe(true);
      }),
    );
  });

  test('has no end', () => {
    expect(trialCount(settings({ algorithm: 'random', searchSpace, rule }))).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});

describe('bayesian', () => {
  const branin = ({ x, y }: Parameters) => {
    const [a, b] = [Number(x), Number(y)];
    const bend = b - (5.1 / (4 * Math.PI ** 2)) * a * a + (5 / Math.PI) * a - 6;
    return bend ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10;
  };
  const searchSpace = space({ x: uniform(-5, 10), y: uniform(0, 15) });

  function bestOf(
    algorithm: 'random' | 'bayesian',
    seed: string,
    objective: (parameters: Parameters) => number,
    spaceOf = searchSpace,
  ): number {
    const history: { parameters: Parameters; objective: number }[] = [];
    for (let index = 0; index < 25; index += 1) {
      const parameters = nextParameters(
        settings({ algorithm, searchSpace: spaceOf, seed }),
        index,
        history,
      );
      history.push({ parameters, objective: objective(parameters) });
    }
    return Math.min(...history.map(({ objective }) => objective));
  }

  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const seeds = ['1', '2', '3', '4', '5', '6'];

  test("comes closer to the minimum of Branin's function than random sampling", () => {
    // The minimum is 0.397887.
    const bayesian = seeds.map((seed) => bestOf('bayesian', seed, branin));
    const random = seeds.map((seed) => bestOf('random', seed, branin));
    expect(mean(bayesian)).toBeLessThan(1);
    expect(mean(bayesian)).toBeLessThan(mean(random) / 2);
  });

  test('finds the best of choices, too', () => {
    const choices = space({
      kind: { type: 'choice', values: ['a', 'b', 'c', 'd'] },
      x: uniform(0, 1),
    });
    const planted = ({ kind, x }: Parameters) => (kind === 'c' ? 0 : 1) + (Number(x) - 0.3) ** 2;
    const found = seeds.map((seed) => bestOf('bayesian', seed, planted, choices));
    expect(Math.max(...found)).toBeLessThan(0.02);
  });

  test('is a function of its seed and its history, whatever the history holds', () => {
    const objectives = fc.array(
      fc.oneof(fc.double(), fc.constant(null), fc.constant(Number.NaN), fc.constant(3)),
      { minLength: 6, maxLength: 12 },
    );
    fc.assert(
      fc.property(objectives, fc.string(), (values, seed) => {
        const sampler = settings({ algorithm: 'bayesian', searchSpace, seed });
        const history = values.map((objective, index) => ({
          parameters: nextParameters(sampler, index, []),
          objective,
        }));
        const next = nextParameters(sampler, values.length, history);
        expect(next).toEqual(nextParameters(sampler, values.length, history));
        expect(Number(next.x)).toBeGreaterThanOrEqual(-5);
        expect(Number(next.y)).toBeLessThanOrEqual(15);
      }),
      { numRuns: 20 },
    );
  });

  test('looks elsewhere while a trial still runs', () => {
    const sampler = settings({ algorithm: 'bayesian', searchSpace });
    const history = Array.from({ length: 8 }, (_, index) => {
      const parameters = nextParameters(sampler, index, []);
      return { parameters, objective: branin(parameters) };
    });
    const first = nextParameters(sampler, 8, history);
    const second = nextParameters(sampler, 9, [...history, { parameters: first, objective: null }]);
    const distance = Math.hypot(
      Number(first.x) - Number(second.x),
      Number(first.y) - Number(second.y),
    );
    expect(distance).toBeGreaterThan(0.1);
  });

  test('suggests the 300th trial without much ado', () => {
    const sampler = settings({ algorithm: 'bayesian', searchSpace });
    const history = Array.from({ length: 300 }, (_, index) => {
      const { x, y } = nextParameters(settings({ algorithm: 'random', searchSpace }), index, []);
      const parameters = { x: x ?? 0, y: y ?? 0 };
      return { parameters, objective: branin(parameters) };
    });
    expect(branin(nextParameters(sampler, 300, history))).toBeLessThan(5);
  });
});

// Compiled kernels, their twins, one thread or several: the same model to the bit.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logisticLoss, softmaxLoss } from '../loss/classification-losses.ts';
import type { Loss } from '../loss/loss.ts';
import { absoluteLoss, poissonLoss, squaredLoss } from '../loss/regression-losses.ts';
import { type FeatureColumn, FeatureMatrix } from '../matrix/feature-matrix.ts';
import { type ClosableThreadTeam, createThreadTeam } from '../worker/index.ts';
import { binFeatures } from './bin-mapper.ts';
import { type BoostingOptions, fitBoosting } from './boosting-loop.ts';
import { GradientBoostingRegressor } from './gradient-boosting-regressor.ts';

const rowCount = 77_001;
const x = features(rowCount);
const binned = binFeatures(x, { maxBins: 63 });
const uniform = draws(rowCount, 5);

let pair: ClosableThreadTeam;
let three: ClosableThreadTeam;

beforeAll(async () => {
  pair = await createThreadTeam(2);
  three = await createThreadTeam(3);
});

afterAll(async () => {
  await pair.close();
  await three.close();
});

interface Case {
  readonly loss: Loss;
  readonly target: (score: number, draw: number) => number;
  readonly parameters: object;
}

const cases: readonly (readonly [string, Case])[] = [
  ['squared', { loss: squaredLoss, target: (score, draw) => score + draw, parameters: {} }],
  [
    'logistic, sampled',
    {
      loss: logisticLoss,
      target: (score, draw) => (score > draw ? 1 : 0),
      parameters: { baggingFraction: 0.5, featureFraction: 0.6, maxFeatures: 0.7 },
    },
  ],
  [
    'softmax, random thresholds',
    {
      loss: softmaxLoss(3),
      target: (score, draw) => (score > draw ? 2 : draw > 0.5 ? 1 : 0),
      parameters: { extraTrees: true, lambdaL1: 1 },
    },
  ],
  [
    'absolute, with a direction',
    {
      loss: absoluteLoss,
      target: (score, draw) => score * draw,
      parameters: { monotonicCst: [1, 0, 0, 0, 0] },
    },
  ],
  [
    'counts',
    {
      loss: poissonLoss,
      target: (score, draw) => Math.floor(Math.max(0, score) * 3 * draw),
      parameters: {},
    },
  ],
];

describe.each(cases)('a model of the %s loss', (_, { loss, target, parameters }) => {
  const y = uniform.map((draw, i) => target(scoreOf(i), draw));
  const weights = loss === squaredLoss ? null : uniform.map((draw) => Math.floor(draw * 3));
  const all = Int32Array.from({ length: rowCount }, (__, i) => i);
  const settings = { maxIterations: 3, ...parameters };
  const grown = new GradientBoostingRegressor(settings).parameters;
  const fit = (options: Partial<BoostingOptions>, rows: Int32Array) => {
    const watched = { binned, target: y, weights, rows: all.filter((i) => i % 9 === 0) };
    return fitBoosting({ binned, target: y, weights, rows }, grown, { loss, watched, ...options });
  };

  it('is the same on one, two and three threads', () => {
    const rows = all.filter((i) => i % 9 !== 0);
    const alone = fit({}, rows);
    expect(alone.ensemble.trees.length).toBeGreaterThan(0);
    expect(fit({ team: pair }, rows)).toEqual(alone);
    expect(fit({ team: three }, rows)).toEqual(alone);
  });

  it('is the same by compiled kernels and by their twins', () => {
    const rows = all.filter((i) => i % 40 === 1);
    expect(fit({ backend: 'twin' }, rows)).toEqual(fit({}, rows));
  });
});

function scoreOf(i: number): number {
  const [a, b] = x.columns;
  const first = a.values[i];
  return (Number.isNaN(first) ? 0.7 : first) + (b.values[i] % 2) / 2;
}

function features(count: number): FeatureMatrix {
  const numbers = [1, 2, 3].map((seed): FeatureColumn => {
    const values = draws(count, seed).map((v, i) => (i % (seed * 11) === 0 ? Number.NaN : v));
    return { kind: 'numeric', name: `n${seed}`, values };
  });
  const codes = draws(count, 4).map((value) => Math.floor(value * value * 30));
  const category = { kind: 'categorical', name: 'c', values: codes, levelCount: 30 } as const;
  const whole = { kind: 'numeric', name: 'w', values: codes.map((code) => code % 7) } as const;
  return new FeatureMatrix([numbers[0], category, numbers[1], whole, numbers[2]]);
}

function draws(count: number, seed: number): Float64Array {
  let state = seed * 7919;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

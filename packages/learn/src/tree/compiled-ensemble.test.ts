import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { ensembleOf, features, randomOf, randomTree } from '../../test/random-trees.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { compileEnsemble, imageOf } from './compiled-ensemble.ts';
import { KernelPredictor } from './kernel-predictor.ts';
import { predictRaw } from './predict-raw.ts';
import { predictionMemory } from './prediction-memory.ts';
import type { TreeEnsemble } from './tree.ts';
import { WalkPredictor } from './walk-predictor.ts';

describe('the kernels', () => {
  it('are there, once set-up has run', () => {
    expect(predictionMemory).not.toBeNull();
  });

  it.each([
    ['QuickScorer with words of 32 bits', 32, 7],
    ['QuickScorer with words of 64 bits', 64, 7],
    ['the flat walk, some rows at once', 200, 7],
    ['the flat walk, more trees than at once', 70, 40],
  ])('give the bits of the walk in TypeScript: %s', (_, leaves, trees) => {
    fc.assert(
      fc.property(ensembleOf(leaves, trees), features, (ensemble, x) => {
        expect(compiled(ensemble, x)).toEqual(walked(ensemble, x));
      }),
    );
  });

  it('give one row the bits that it has among many', () => {
    fc.assert(
      fc.property(ensembleOf(70, 40), features, (ensemble, x) => {
        const predictor = compileEnsemble(ensemble);
        const many = new Float64Array(x.rowCount * ensemble.outputCount);
        predictor.predictBatch(x, many);
        const out = new Float64Array(ensemble.outputCount);
        for (let i = 0; i < x.rowCount; i++) {
          predictor.predictRow(
            Float32Array.from(x.columns, ({ values }) => values[i]),
            out,
          );
          expect(out).toEqual(many.subarray(i * out.length, (i + 1) * out.length));
        }
      }),
    );
  });

  it.each([
    [32, 'quick-scorer-32'],
    [33, 'quick-scorer-64'],
    [64, 'quick-scorer-64'],
    [65, 'flat'],
  ])('a tree of %d leaves is read by %s', (leaves, kind) => {
    const ensemble = ensembleOfTree(leaves);
    expect(imageOf(ensemble).kind).toBe(kind);
    const x = numbers(300);
    expect(compiled(ensemble, x)).toEqual(walked(ensemble, x));
  });

  it('find their images again after the memory was full', () => {
    const ensemble = ensembleOfTree(20);
    const x = numbers(10);
    const before = predictRaw(ensemble, x);
    const age = predictionMemory?.age;
    predictionMemory?.place(2 ** 27);
    predictionMemory?.place(2 ** 27);
    expect(predictionMemory?.age).not.toBe(age);
    expect(predictRaw(ensemble, x)).toEqual(before);
  });
});

describe('predictRaw', () => {
  it('is the base score where there are no trees', () => {
    const ensemble = { ...ensembleOfTree(1), trees: [], baseScore: Float64Array.of(2.5) };
    expect([...predictRaw(ensemble, numbers(2))]).toEqual([2.5, 2.5]);
  });

  it('refuses another number of columns', () => {
    const values = Float64Array.of(1);
    const x = new FeatureMatrix([{ kind: 'numeric', name: 'a', values }]);
    const error = errorOf(() => predictRaw(ensembleOfTree(3), x));
    expect(error.code).toBe('SHAPE_MISMATCH');
    expect(error.message).toContain('has 1 columns, and the model was fitted on 3');
  });

  it('sends what is no category code of the set right', () => {
    const tree = {
      ...randomTree(randomOf(1), 2, 1),
      feature: Int32Array.of(2, -1, -1),
      categoryStart: Int32Array.of(0, -1, -1),
      categoryWords: Int32Array.of(1, 0, 0),
      categorySets: Uint32Array.of(0b101),
      missingLeft: Uint8Array.of(1, 0, 0),
      value: Float32Array.of(0, 1, 2),
    };
    const ensemble = { ...ensembleOfTree(2), baseScore: new Float64Array(1), trees: [tree] };
    const values = [0, 1, 2, 31, 32, 1e9, -1, 2.5, Number.NaN];
    const expected = [1, 2, 1, 2, 2, 2, 2, 1, 1];
    const out = new Float64Array(1);
    for (const predictor of [compileEnsemble(ensemble), new WalkPredictor(ensemble)]) {
      const leaves = values.map((value) => {
        predictor.predictRow(Float32Array.of(0, 0, value), out);
        return out[0];
      });
      expect(leaves).toEqual(expected);
    }
  });
});

function compiled(ensemble: TreeEnsemble, x: FeatureMatrix): Float64Array {
  if (predictionMemory === null) throw new Error('no kernels');
  const out = new Float64Array(x.rowCount * ensemble.outputCount);
  new KernelPredictor(ensemble, imageOf(ensemble), predictionMemory).predictBatch(x, out);
  return out;
}

function walked(ensemble: TreeEnsemble, x: FeatureMatrix): Float64Array {
  const out = new Float64Array(x.rowCount * ensemble.outputCount);
  new WalkPredictor(ensemble).predictBatch(x, out);
  return out;
}

function ensembleOfTree(leaves: number): TreeEnsemble {
  const random = randomOf(leaves);
  const trees = [randomTree(random, leaves, 1), randomTree(random, Math.min(5, leaves), 1)];
  return { columnCount: 3, outputCount: 1, baseScore: Float64Array.of(0.5), trees };
}

function numbers(rowCount: number): FeatureMatrix {
  const random = randomOf(7);
  const values = () => new Float64Array(rowCount).map(() => random() * 3);
  return new FeatureMatrix([
    { kind: 'numeric', name: 'a', values: values() },
    { kind: 'numeric', name: 'b', values: values() },
    { kind: 'numeric', name: 'c', values: values() },
  ]);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesOf, type ForestProblem, forestProblems } from '../../test/forest-problems.ts';
import type { Tree } from '../tree/tree.ts';
import { planClassificationForest, planRegressionForest } from './fit-forest.ts';
import { kernelSplitter } from './kernel-splitter.ts';
import { binPositions } from './make-splitter.ts';
import type { NodeSplitter } from './node-splitter.ts';
import type { ForestPlan } from './prepare-forest.ts';
import { TreeGrower } from './tree-grower.ts';
import { TypeScriptSplitter } from './typescript-splitter.ts';

const kinds = [
  ['the best thresholds', { name: 'a forest', randomThresholds: false }],
  ['random thresholds', { name: 'extra trees', randomThresholds: true }],
] as const;

const parameters = { nEstimators: 2, bootstrap: true, maxFeaturesShare: 0.6, minSamplesLeaf: 2 };

describe.each(kinds)('the kernels find, bit for bit, what TypeScript finds: %s', (_, kind) => {
  it('of a number', () => {
    fc.assert(
      fc.property(forestProblems, ({ x, y, weights }) => {
        expectTwins(planRegressionForest(kind, parameters, x, y, { sampleWeight: weights }));
      }),
    );
  });

  it.each([
    ['two classes by gini', 2, 'gini'],
    ['two classes by entropy', 2, 'entropy'],
    ['five classes by gini', 5, 'gini'],
    ['five classes by entropy', 5, 'entropy'],
  ])('of %s', (_case, classCount, criterion) => {
    fc.assert(
      fc.property(forestProblems, (problem) => {
        expectTwins(classification(problem, classCount, criterion, kind));
      }),
      { numRuns: 50 },
    );
  });
});

function classification(
  { x, y, weights }: ForestProblem,
  classCount: number,
  criterion: string,
  kind: (typeof kinds)[number][1],
): ForestPlan {
  const classes = Array.from({ length: classCount }, (_, k) => k);
  const options = { sampleWeight: weights, classes };
  const labels = classesOf(y, classCount);
  return planClassificationForest(kind, { ...parameters, criterion }, x, labels, options);
}

function expectTwins({ data, settings }: ForestPlan): void {
  const positions = binPositions(data.columns);
  const compiled = kernelSplitter(data, settings, positions);
  if (compiled === null) throw new Error('the kernels are not built');
  const twin = new TypeScriptSplitter(data, settings, positions);
  expect(grown(compiled)).toEqual(grown(twin));

  function grown(splitter: NodeSplitter): Tree[] {
    const grower = new TreeGrower(data, settings, splitter);
    return [0, 1].map((index) => grower.grow(index));
  }
}

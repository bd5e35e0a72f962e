// The configurations of gradient boosting that are tried before any search, the best guess first.
import type { Parameters } from '@ridgeline/learn';
import { outputCount, type ProblemFacts } from '../problem/problem.ts';
import { categoryMeans, suitedToCategories } from './category-steps.ts';
import type { Candidate } from './learner.ts';

/** LightGBM's first entries in AutoGluon's portfolio, with rates for minutes instead of hours. */
export function boostingPortfolio(facts: ProblemFacts): readonly Candidate[] {
  const few = facts.rowCount < 1_000;
  const leafRows = Math.max(2, Math.min(20, Math.round(facts.rowCount / 40)));
  const table: readonly (readonly [string, Parameters])[] = [
    [
      'the usual',
      {
        learningRate: 0.06,
        maxLeafNodes: few ? 10 : 31,
        minSamplesLeaf: leafRows,
        featureFraction: 0.8,
        l2Regularization: 1,
      },
    ],
    [
      'small trees, categories as means',
      {
        ...categoryMeans,
        learningRate: 0.08,
        maxLeafNodes: 8,
        minSamplesLeaf: leafRows,
        featureFraction: 0.6,
        baggingFraction: 0.8,
        l2Regularization: 1,
      },
    ],
    [
      'random thresholds',
      {
        extraTrees: true,
        learningRate: 0.06,
        maxLeafNodes: few ? 16 : 39,
        minSamplesLeaf: 3,
        featureFraction: 0.46,
        baggingFraction: 0.88,
        lambdaL1: 0.24,
        l2Regularization: 0.36,
      },
    ],
    [
      'small trees',
      {
        learningRate: 0.08,
        maxLeafNodes: 6,
        minSamplesLeaf: leafRows,
        featureFraction: 0.6,
        baggingFraction: 0.8,
        l2Regularization: 1,
      },
    ],
    ...ofLoss(facts, leafRows),
    [
      'large trees',
      {
        learningRate: 0.05,
        maxLeafNodes: 84,
        minSamplesLeaf: 3,
        featureFraction: 0.53,
        baggingFraction: 0.98,
        l2Regularization: 0.84,
      },
    ],
    [
      'small trees, random thresholds',
      {
        extraTrees: true,
        learningRate: 0.06,
        maxLeafNodes: 8,
        minSamplesLeaf: Math.min(15, leafRows),
        featureFraction: 0.43,
        baggingFraction: 0.72,
        l2Regularization: 0.5,
      },
    ],
    [
      'medium trees',
      {
        learningRate: 0.06,
        maxLeafNodes: 16,
        minSamplesLeaf: 6,
        featureFraction: 0.58,
        l2Regularization: 0.5,
      },
    ],
    [
      'very large trees, random thresholds',
      {
        extraTrees: true,
        learningRate: 0.07,
        maxLeafNodes: 180,
        minSamplesLeaf: 12,
        featureFraction: 0.4,
        baggingFraction: 0.95,
        l2Regularization: 1,
      },
    ],
    [
      'stumps',
      {
        learningRate: 0.12,
        maxLeafNodes: 2,
        minSamplesLeaf: leafRows,
        featureFraction: 0.7,
        l2Regularization: 1,
      },
    ],
  ];
  const all = table.map(
    ([title, parameters]): Candidate => ({
      learner: 'gradient_boosting',
      description: `gradient boosting, ${title}`,
      parameters: { maxIterations: roundsFor(facts), ...parameters },
    }),
  );
  return suitedToCategories(all, facts);
}

/** Other losses, where the metric or the target asks for them. */
function ofLoss(
  facts: ProblemFacts,
  minSamplesLeaf: number,
): readonly (readonly [string, Parameters])[] {
  const common = { learningRate: 0.06, maxLeafNodes: 20, minSamplesLeaf, featureFraction: 0.7 };
  return [
    ...(facts.wantsMedian
      ? ([['absolute errors', { loss: 'absolute_error', ...common }]] as const)
      : []),
    ...(facts.isSkewed
      ? ([
          ['of the logarithm', { targetTransform: 'log1p', ...common }],
          ['as counts', { loss: 'poisson', ...common }],
        ] as const)
      : []),
  ];
}

/** More classes make a round dearer, and it is early stopping that ends most fits. */
function roundsFor(facts: ProblemFacts): number {
  return Math.max(60, Math.round(1_500 / Math.sqrt(outputCount(facts))));
}

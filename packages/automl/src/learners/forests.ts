// Random forests and extremely randomized trees: strong without tuning, and unlike boosting in their
// errors, which is what an ensemble lives on. Also the single tree, for those who ask for it.
import type { Parameters } from '@ridgeline/learn';
import type { ProblemFacts } from '../problem/problem.ts';
import { categoryMeans, categorySteps, suitedToCategories, wantsMeans } from './category-steps.ts';
import { estimatorName, fitRecipe, hasEstimator } from './fit-estimator.ts';
import type { Candidate, FitJob, FitOutcome, Learner } from './learner.ts';

type ForestName = 'random_forest' | 'extra_trees';

const bases = { random_forest: 'RandomForest', extra_trees: 'ExtraTrees' } as const;
const titles = { random_forest: 'random forest', extra_trees: 'extra trees' } as const;

export const randomForest = forest('random_forest');
export const extraTrees = forest('extra_trees');

export const decisionTree: Learner = {
  name: 'decision_tree',
  portfolio: (facts) => {
    if (!hasEstimator(estimatorName('DecisionTree', facts))) return [];
    const variants: readonly Parameters[] = [
      { minSamplesLeaf: Math.max(2, Math.round(Math.sqrt(facts.rowCount) / 2)) },
      { minSamplesLeaf: 2, maxDepth: 5 },
    ];
    return variants.map((parameters) => ({
      learner: 'decision_tree',
      description: 'decision tree',
      parameters,
    }));
  },
  space: ({ rowCount }) => [leafSize(rowCount)],
  cost: (facts, _, rows) => treeSeconds(facts, rows, facts.columnCount) * 1.5,
  isIterative: false,
  fit: (job) => fitTrees('DecisionTree', job),
};

function forest(name: ForestName): Learner {
  return {
    name,
    portfolio: (facts) => {
      return hasEstimator(estimatorName(bases[name], facts)) ? configurations(name, facts) : [];
    },
    space: ({ rowCount }) => [
      leafSize(rowCount),
      { name: 'maxFeaturesShare', min: 0.1, max: 1, isLog: true, isWhole: false, start: 0.4 },
    ],
    cost: (facts, parameters, rows) => {
      const { nEstimators = 100, maxFeatures, maxFeaturesShare = 1 } = parameters;
      const share =
        maxFeatures === 'sqrt'
          ? Math.sqrt(facts.columnCount)
          : Number(maxFeaturesShare) * facts.columnCount;
      return Number(nEstimators) * treeSeconds(facts, rows, Math.max(1, share));
    },
    isIterative: true,
    fit: (job) => fitTrees(bases[name], job),
  };
}

function configurations(name: ForestName, facts: ProblemFacts): readonly Candidate[] {
  const nEstimators = treeCount(facts);
  const leaf = facts.rowCount > 20_000 ? 5 : 1;
  const isRegression = facts.task === 'regression';
  const variants: readonly Parameters[] = isRegression
    ? [
        {
          minSamplesLeaf: leaf,
          maxFeatures: 'share',
          maxFeaturesShare: name === 'extra_trees' ? 1 : 0.5,
        },
        { minSamplesLeaf: leaf + 2, maxFeatures: 'share', maxFeaturesShare: 0.33 },
      ]
    : [
        { criterion: 'gini', minSamplesLeaf: leaf, maxFeatures: 'sqrt' },
        {
          criterion: 'entropy',
          minSamplesLeaf: leaf + 2,
          maxFeatures: 'share',
          maxFeaturesShare: 0.4,
        },
      ];
  const all = [{ ...categoryMeans, ...variants[0] }, ...variants].map(
    (parameters): Candidate => ({
      learner: name,
      description: `${titles[name]} of ${nEstimators}, leaves of ${parameters.minSamplesLeaf} or more${
        wantsMeans(parameters) ? ', categories as means' : ''
      }`,
      parameters: { nEstimators, ...parameters },
    }),
  );
  return suitedToCategories(all, facts);
}

/** A bag of folds has as many times the trees: many small forests make one of the usual size. */
function treeCount({ rowCount, foldCount }: ProblemFacts): number {
  if (rowCount > 100_000) return 50;
  return Math.round(Math.max(50, Math.min(200, 500 / foldCount)));
}

function fitTrees(base: string, job: FitJob): FitOutcome {
  const { facts, seed } = job;
  const { targetTransform, categories, ...parameters } = job.parameters;
  // A share that a local search has found counts, whatever the way the features were drawn before.
  const drawn: Parameters = 'maxFeaturesShare' in parameters ? { maxFeatures: 'share' } : {};
  const model = fitRecipe(
    {
      estimator: estimatorName(base, facts),
      parameters: { ...parameters, ...drawn, randomState: seed },
      steps: categorySteps(job.parameters, facts),
      targetTransform: targetTransform === 'log1p' ? 'log1p' : 'none',
    },
    job,
  );
  return { model, curve: null, iterations: null };
}

function leafSize(rowCount: number) {
  const max = Math.max(4, Math.min(200, Math.round(rowCount / 20)));
  return { name: 'minSamplesLeaf', min: 1, max, isLog: true, isWhole: true, start: 1 } as const;
}

function treeSeconds({ classCount }: ProblemFacts, rows: number, features: number): number {
  return 2e-4 + rows * Math.log2(rows + 2) * features * 7e-9 * Math.sqrt(classCount);
}

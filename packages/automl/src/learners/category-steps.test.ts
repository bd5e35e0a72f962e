import { FeatureMatrix, type Parameters, RandomState } from '@ridgeline/learn';
import { describe, expect, it } from 'vitest';
import { regressionTable } from '../../test/tables.ts';
import type { ProblemFacts } from '../problem/problem.ts';
import { portfolioOf } from '../search/portfolio.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import { type GivenSettings, resolveSettings } from '../settings/resolve-settings.ts';
import { wantsMeans } from './category-steps.ts';
import { learners } from './learners.ts';

const facts: ProblemFacts = {
  task: 'classification',
  rowCount: 400,
  columnCount: 2,
  foldCount: 5,
  categoricalCount: 1,
  hasManyLevels: true,
  expandedColumnCount: 41,
  hasMissing: false,
  classCount: 2,
  isSkewed: false,
  wantsMedian: false,
};
const families = [
  'gradient_boosting',
  'extra_trees',
  'random_forest',
  'logistic_regression',
] as const;

/** Rows of 40 levels, of which the even ones are mostly of class 1; the classes are numbers. */
function rowsOfLevels() {
  const random = new RandomState(1);
  const level = Float64Array.from({ length: 400 }, () => random.nextUint32() % 40);
  const noise = Float64Array.from({ length: 400 }, () => random.nextUint32() / 2 ** 32);
  const y = Array.from(
    level,
    (code) => ((code + (random.nextUint32() % 10 === 0 ? 1 : 0)) % 2) ^ 1,
  );
  const x = new FeatureMatrix([
    { kind: 'categorical', name: 'level', values: level, levelCount: 40 },
    { kind: 'numeric', name: 'noise', values: noise },
  ]);
  return { x, y, weights: null };
}

function tried(given: Partial<GivenSettings>, of: ProblemFacts): readonly Parameters[] {
  const settings: AutoMLSettings = resolveSettings(regressionTable(60), {
    targetColumn: 'y',
    ...given,
  });
  return portfolioOf(of, settings).map(({ parameters }) => parameters);
}

describe('categories as means of the target', () => {
  it.each(families)('are learned by %s, of classes that are numbers too', (name) => {
    const configuration = learners[name]
      .portfolio(facts)
      .find((each) => wantsMeans(each.parameters));
    const data = rowsOfLevels();
    const { model } = learners[name].fit({
      facts,
      parameters: configuration?.parameters ?? {},
      seed: 1,
      classes: [0, 1],
      train: data,
      watched: data,
      shouldStop: () => false,
    });
    const predicted = model.predict(data.x);
    const right = data.y.filter((value, row) => value === predicted[row]).length;
    expect(JSON.stringify(model.toJSON())).toContain('TargetEncoder');
    expect(right).toBeGreaterThan(330);
  });

  it('are tried only where a category has many levels', () => {
    expect(tried({}, facts).some(wantsMeans)).toBe(true);
    expect(tried({}, { ...facts, hasManyLevels: false }).some(wantsMeans)).toBe(false);
  });

  it('are not tried where the transformer is blocked', () => {
    const featurization = {
      mode: 'custom',
      columnTypes: new Map(),
      dropColumns: [],
      blockedTransformers: ['Target_Encoder'],
    } as const;
    expect(tried({ featurization }, facts).some(wantsMeans)).toBe(false);
  });
});

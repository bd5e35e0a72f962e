// TargetEncoder: categories as the mean of the target at each level, as scikit-learn's. `fitTransform`
// gives each row the value that other rows alone make, so that no row sees its own target. Numeric
// columns pass as they are.

import type { Label } from '../estimator/estimator.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import {
  type CategoricalFeature,
  type FeatureColumn,
  FeatureMatrix,
} from '../matrix/feature-matrix.ts';
import { featureColumn } from '../matrix/feature-schema.ts';
import { checkedVector } from '../matrix/vector.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { KFold } from '../split/k-fold.ts';
import { StratifiedKFold } from '../split/stratified-k-fold.ts';
import type { TrainTestSplit } from '../split/train-test-split.ts';
import { ColumnTransformer } from './column-transformer.ts';
import type { ColumnMap } from './maps/column-map.ts';
import { LookupMap } from './maps/lookup-map.ts';
import { keep } from './maps/plain-maps.ts';
import { smoothedMeans } from './target-statistics.ts';
import type { TransformerEntry } from './transformer-entry.ts';

const targetEncoderParameters = {
  targetType: {
    kind: 'choice',
    default: 'auto',
    choices: ['auto', 'continuous', 'classes'],
    doc: 'What the target is; auto takes numbers for continuous. Three classes and more make a column each.',
  },
  smoothing: {
    kind: 'choice',
    default: 'auto',
    choices: ['auto', 'fixed'],
    doc: 'How levels of few rows are drawn to the mean: by the variances, or by `smooth`.',
  },
  smooth: {
    kind: 'number',
    default: 10,
    min: 0,
    max: 1e9,
    doc: 'With smoothing fixed: the mean of all counts as this many rows of each level.',
  },
  cv: { kind: 'integer', default: 5, min: 2, max: 100, doc: 'Number of folds of fitTransform.' },
  randomState: {
    kind: 'integer',
    default: 0,
    min: 0,
    max: 2 ** 32 - 1,
    doc: 'Seed of the folds of fitTransform.',
  },
} as const;

export type TargetEncoderParameters = ParameterValues<typeof targetEncoderParameters>;

interface Targets {
  /** One a column that a category becomes. */
  readonly columns: readonly Float64Array[];
  readonly isClasses: boolean;
}

export class TargetEncoder extends ColumnTransformer {
  override readonly name = 'TargetEncoder';
  override readonly parameters: TargetEncoderParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<TargetEncoderParameters> = {}) {
    super();
    this.parameters = resolveParameters('TargetEncoder', targetEncoderParameters, parameters);
  }

  override fitTransform(x: FeatureMatrix, y: ArrayLike<Label>) {
    const fitted = this.fit(x, y);
    const targets = this.#targets(y, x.rowCount);
    const folds = x.columns.some(({ kind }) => kind === 'categorical')
      ? this.#folds(targets, y, x.rowCount)
      : [];
    const values = x.columns.flatMap((column) =>
      column.kind === 'numeric' ? [column.values] : this.#outOfFold(column, targets, folds),
    );
    const columns = fitted.outputs.map((output, i) => featureColumn(output, values[i]));
    return { fitted, x: new FeatureMatrix(columns) };
  }

  protected override fitMaps(x: FeatureMatrix, y: ArrayLike<Label>): readonly ColumnMap[] {
    const targets = this.#targets(y, x.rowCount);
    const all = Int32Array.from({ length: x.rowCount }, (_, row) => row);
    return x.columns.map((column) => this.#map(column, targets, all));
  }

  #map(column: FeatureColumn, targets: Targets, rows: Int32Array): ColumnMap {
    if (column.kind === 'numeric') return keep;
    const { values, levelCount } = column;
    const outputCount = targets.columns.length;
    const table = new Float64Array((levelCount + 1) * outputCount);
    targets.columns.forEach((target, k) => {
      const means = smoothedMeans(values, levelCount, target, rows, this.#smoothing);
      means.forEach((mean, level) => {
        table[level * outputCount + k] = mean;
      });
    });
    return new LookupMap(outputCount, table);
  }

  #outOfFold(
    column: CategoricalFeature,
    targets: Targets,
    folds: readonly TrainTestSplit[],
  ): readonly Float64Array[] {
    const { values, levelCount } = column;
    return targets.columns.map((target) => {
      const encoded = new Float64Array(values.length);
      for (const { train, test } of folds) {
        const means = smoothedMeans(values, levelCount, target, train, this.#smoothing);
        for (const row of test) {
          encoded[row] = means[Number.isNaN(values[row]) ? levelCount : values[row]];
        }
      }
      return encoded;
    });
  }

  get #smoothing() {
    const { smoothing, smooth } = this.parameters;
    return { rows: smoothing === 'auto' ? null : smooth };
  }

  /** Fewer folds than asked where there are fewer rows; one row has no other to learn from. */
  #folds(targets: Targets, y: ArrayLike<Label>, rowCount: number): readonly TrainTestSplit[] {
    if (rowCount === 1) return [{ train: Int32Array.of(0), test: Int32Array.of(0) }];
    const { cv, randomState } = this.parameters;
    const options = { nSplits: Math.min(cv, rowCount), shuffle: true, randomState };
    const isStratified = targets.isClasses && largestClass(y) >= options.nSplits;
    return isStratified
      ? new StratifiedKFold(options).split(y)
      : new KFold(options).split(rowCount);
  }

  #targets(y: ArrayLike<Label>, rowCount: number): Targets {
    const { targetType } = this.parameters;
    const labels = Array.from(y);
    const areNumbers = labels.every((label) => typeof label === 'number');
    if (targetType === 'continuous' || (targetType === 'auto' && areNumbers)) {
      const columns = [checkedVector('y', labels as number[], rowCount, 'x')];
      return { columns, isClasses: false };
    }
    // A fold may hold one class only: there is nothing to tell apart, and nothing to fail for.
    if (new Set(labels).size === 1) {
      return { columns: [new Float64Array(rowCount)], isClasses: true };
    }
    const { classes, codes } = encodeLabels(labels, undefined, rowCount);
    const indicated = classes.length === 2 ? [1] : [...classes.keys()];
    const columns = indicated.map((k) => Float64Array.from(codes, (code) => (code === k ? 1 : 0)));
    return { columns, isClasses: true };
  }
}

function largestClass(y: ArrayLike<Label>): number {
  const counts = new Map<Label, number>();
  for (let i = 0; i < y.length; i++) counts.set(y[i], (counts.get(y[i]) ?? 0) + 1);
  return [...counts.values()].reduce((most, count) => Math.max(most, count), 0);
}

export const targetEncoderEntry: TransformerEntry = {
  name: 'TargetEncoder',
  parameters: targetEncoderParameters,
  doc: 'Categories as the smoothed mean of the target at each level, out of fold in training.',
  create: (parameters) => new TargetEncoder(parameters),
};

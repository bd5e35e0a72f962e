// Imputer: fills missing values, as scikit-learn's SimpleImputer. Categories are always filled with
// their most frequent level; a column without any value, with `fillValue` or the first level.

import type { FeatureColumn, FeatureMatrix } from '../matrix/feature-matrix.ts';
import { linearQuantile } from '../numeric/quantile.ts';
import { mean } from '../numeric/sum.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { ColumnTransformer, codeCounts, presentValues } from './column-transformer.ts';
import { FillMap } from './maps/fill-map.ts';
import type { TransformerEntry } from './transformer-entry.ts';

const imputerParameters = {
  strategy: {
    kind: 'choice',
    default: 'mean',
    choices: ['mean', 'median', 'most_frequent', 'constant'],
    doc: 'What a missing number becomes.',
  },
  fillValue: {
    kind: 'number',
    default: 0,
    min: -Number.MAX_VALUE,
    max: Number.MAX_VALUE,
    doc: 'What a missing number becomes with strategy constant.',
  },
  addIndicator: {
    kind: 'boolean',
    default: false,
    doc: 'Add a column of 0 and 1 beside each column that missed values in training.',
  },
} as const;

export type ImputerParameters = ParameterValues<typeof imputerParameters>;

export class Imputer extends ColumnTransformer {
  override readonly name = 'Imputer';
  override readonly parameters: ImputerParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<ImputerParameters> = {}) {
    super();
    this.parameters = resolveParameters('Imputer', imputerParameters, parameters);
  }

  protected override fitMaps(x: FeatureMatrix): readonly FillMap[] {
    return x.columns.map((column) => {
      const missed = this.parameters.addIndicator && column.values.some(Number.isNaN);
      return new FillMap(this.#fillOf(column), missed);
    });
  }

  #fillOf(column: FeatureColumn): number {
    const { strategy, fillValue } = this.parameters;
    if (column.kind === 'categorical') {
      return indexOfLargest(codeCounts(column.values, column.levelCount));
    }
    const present = presentValues(column);
    if (strategy === 'constant' || present.length === 0) return fillValue;
    if (strategy === 'most_frequent') return mostFrequent(present);
    return strategy === 'mean' ? boundedMean(present) : linearQuantile(present.sort(), 0.5);
  }
}

export const imputerEntry: TransformerEntry = {
  name: 'Imputer',
  parameters: imputerParameters,
  doc: 'Fills missing values with the mean, the median, the most frequent or a given value.',
  create: (parameters) => new Imputer(parameters),
};

/** The mean, within the range of a double even where the sum is not. */
function boundedMean(values: Float64Array): number {
  const plain = mean(values);
  return Number.isFinite(plain)
    ? plain
    : mean(values.map((value) => value / values.length)) * values.length;
}

/** The smallest of equally frequent values, as scikit-learn has it. */
function mostFrequent(values: Float64Array): number {
  values.sort();
  let best = values[0];
  let bestCount = 0;
  for (let start = 0; start < values.length; ) {
    let end = start + 1;
    while (end < values.length && values[end] === values[start]) end++;
    if (end - start > bestCount) {
      best = values[start];
      bestCount = end - start;
    }
    start = end;
  }
  return best;
}

function indexOfLargest(counts: Int32Array): number {
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

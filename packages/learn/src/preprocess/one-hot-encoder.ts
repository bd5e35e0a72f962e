// OneHotEncoder: categories as columns of 0 and 1, as scikit-learn's with handle_unknown
// 'infrequent_if_exist'. Numeric columns pass as they are. A level that is not there in training is taken
// for a rare one; without rare ones, all of its columns are 0, and so are those of a missing value that
// training did not see.

import type { FeatureMatrix } from '../matrix/feature-matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { ColumnTransformer, codeCounts } from './column-transformer.ts';
import type { ColumnMap } from './maps/column-map.ts';
import { OneHotMap } from './maps/one-hot-map.ts';
import { keep } from './maps/plain-maps.ts';
import type { TransformerEntry } from './transformer-entry.ts';

const oneHotEncoderParameters = {
  minFrequency: {
    kind: 'integer',
    default: 1,
    min: 1,
    max: 1_000_000_000,
    doc: 'Levels with fewer rows share one column.',
  },
  maxLevels: {
    kind: 'integer',
    default: 1000,
    min: 1,
    max: 65_535,
    doc: 'The most columns of levels that a category becomes, the shared one of rare levels included.',
  },
} as const;

export type OneHotEncoderParameters = ParameterValues<typeof oneHotEncoderParameters>;

export class OneHotEncoder extends ColumnTransformer {
  override readonly name = 'OneHotEncoder';
  override readonly parameters: OneHotEncoderParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<OneHotEncoderParameters> = {}) {
    super();
    this.parameters = resolveParameters('OneHotEncoder', oneHotEncoderParameters, parameters);
  }

  protected override fitMaps(x: FeatureMatrix): readonly ColumnMap[] {
    return x.columns.map((column) => {
      if (column.kind === 'numeric') return keep;
      const hasMissing = column.values.some(Number.isNaN);
      return this.#fitCategory(codeCounts(column.values, column.levelCount), hasMissing);
    });
  }

  #fitCategory(counts: Int32Array, hasMissing: boolean): OneHotMap {
    const { minFrequency, maxLevels } = this.parameters;
    const seen = [...counts.keys()].filter((code) => counts[code] > 0);
    const frequent = seen.filter((code) => counts[code] >= minFrequency);
    const kept = keptCodes(frequent, counts, frequent.length < seen.length, maxLevels);
    const hasRare = kept.length < seen.length;
    const columnOfCode = new Int32Array(counts.length).fill(hasRare ? kept.length : -1);
    kept.forEach((code, column) => {
      columnOfCode[code] = column;
    });
    const columnCount = kept.length + (hasRare ? 1 : 0) + (hasMissing ? 1 : 0);
    return new OneHotMap(columnOfCode, hasMissing ? columnCount - 1 : -1, columnCount);
  }
}

/** In ascending order; among equally frequent codes, the smaller stay. */
function keptCodes(
  frequent: readonly number[],
  counts: Int32Array,
  hasRare: boolean,
  maxLevels: number,
): readonly number[] {
  if (frequent.length + (hasRare ? 1 : 0) <= maxLevels) return frequent;
  return frequent
    .toSorted((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, maxLevels - 1)
    .sort((a, b) => a - b);
}

export const oneHotEncoderEntry: TransformerEntry = {
  name: 'OneHotEncoder',
  parameters: oneHotEncoderParameters,
  doc: 'Categories as one column of 0 and 1 a level; rare levels share one.',
  create: (parameters) => new OneHotEncoder(parameters),
};

// QuantileTransformer: numbers by their place among those of training, as scikit-learn's with subsample
// None. Categories pass as they are, missing values stay missing.

import type { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { linearQuantile } from '../numeric/quantile.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { ColumnTransformer, presentValues } from './column-transformer.ts';
import type { ColumnMap } from './maps/column-map.ts';
import { keep } from './maps/plain-maps.ts';
import { QuantileMap, quantileOutputs } from './maps/quantile-map.ts';
import type { TransformerEntry } from './transformer-entry.ts';

const quantileTransformerParameters = {
  nQuantiles: {
    kind: 'integer',
    default: 1000,
    min: 1,
    max: 100_000,
    doc: 'How many quantiles are kept, at most one a row.',
  },
  outputDistribution: {
    kind: 'choice',
    default: 'uniform',
    choices: quantileOutputs,
    doc: 'What the transformed values look like: spread evenly from 0 to 1, or a normal distribution.',
  },
} as const;

export type QuantileTransformerParameters = ParameterValues<typeof quantileTransformerParameters>;

export class QuantileTransformer extends ColumnTransformer {
  override readonly name = 'QuantileTransformer';
  override readonly parameters: QuantileTransformerParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<QuantileTransformerParameters> = {}) {
    super();
    this.parameters = resolveParameters(this.name, quantileTransformerParameters, parameters);
  }

  protected override fitMaps(x: FeatureMatrix): readonly ColumnMap[] {
    const { nQuantiles, outputDistribution } = this.parameters;
    const count = Math.min(nQuantiles, x.rowCount);
    return x.columns.map((column) => {
      const present = presentValues(column);
      if (column.kind === 'categorical' || present.length === 0) return keep;
      return new QuantileMap(evenQuantiles(present, count), outputDistribution);
    });
  }
}

/** @param values one or more; sorted by this function, in place, and perhaps returned. */
export function evenQuantiles(values: Float64Array, count: number): Float64Array {
  values.sort();
  // The values themselves, without the rounding of places between them.
  if (count === values.length) return values;
  const quantiles = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    quantiles[i] = linearQuantile(values, count === 1 ? 0 : i / (count - 1));
    // Rounding between equal values must not make a step down.
    if (i > 0 && quantiles[i] < quantiles[i - 1]) quantiles[i] = quantiles[i - 1];
  }
  return quantiles;
}

export const quantileTransformerEntry: TransformerEntry = {
  name: 'QuantileTransformer',
  parameters: quantileTransformerParameters,
  doc: 'Numbers by their place among those of training: even or normal, whatever they were.',
  create: (parameters) => new QuantileTransformer(parameters),
};

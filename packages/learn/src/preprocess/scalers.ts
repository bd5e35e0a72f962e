// Scalers of numeric columns: StandardScaler, MinMaxScaler and RobustScaler, as scikit-learn's. Missing
// values are left out of the fit and stay missing; categories pass as they are.

import type { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { linearQuantile } from '../numeric/quantile.ts';
import { mean, sumOf } from '../numeric/sum.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { ColumnTransformer, presentValues } from './column-transformer.ts';
import { AffineMap } from './maps/affine-map.ts';
import type { ColumnMap } from './maps/column-map.ts';
import { keep } from './maps/plain-maps.ts';
import type { TransformerEntry } from './transformer-entry.ts';

const standardScalerParameters = {
  withMean: { kind: 'boolean', default: true, doc: 'Subtract the mean.' },
  withStd: { kind: 'boolean', default: true, doc: 'Divide by the standard deviation.' },
} as const;

const minMaxScalerParameters = {} as const;

const robustScalerParameters = {
  withCentering: { kind: 'boolean', default: true, doc: 'Subtract the median.' },
  withScaling: { kind: 'boolean', default: true, doc: 'Divide by the range of the quartiles.' },
} as const;

export type StandardScalerParameters = ParameterValues<typeof standardScalerParameters>;
export type RobustScalerParameters = ParameterValues<typeof robustScalerParameters>;

abstract class Scaler extends ColumnTransformer {
  protected override fitMaps(x: FeatureMatrix): readonly ColumnMap[] {
    return x.columns.map((column) => {
      if (column.kind === 'categorical') return keep;
      const present = presentValues(column);
      return present.length === 0 ? keep : this.fitPresent(present);
    });
  }

  /** @param values one or more, none missing; may be overwritten. */
  protected abstract fitPresent(values: Float64Array): AffineMap;
}

export class StandardScaler extends Scaler {
  override readonly name = 'StandardScaler';
  override readonly parameters: StandardScalerParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<StandardScalerParameters> = {}) {
    super();
    this.parameters = resolveParameters(this.name, standardScalerParameters, parameters);
  }

  protected override fitPresent(values: Float64Array): AffineMap {
    const { withMean, withStd } = this.parameters;
    const { center, deviation } = momentsOf(values);
    return new AffineMap(withMean ? center : 0, withStd ? deviation : 1);
  }
}

export class MinMaxScaler extends Scaler {
  override readonly name = 'MinMaxScaler';
  override readonly parameters: Readonly<Record<string, never>>;

  /** To 0 at the smallest and 1 at the largest value of training. @throws PARAMETER_UNKNOWN. */
  constructor(parameters: object = {}) {
    super();
    this.parameters = resolveParameters(this.name, minMaxScalerParameters, parameters);
  }

  protected override fitPresent(values: Float64Array): AffineMap {
    // + 0 turns -0, which JSON does not write, into 0.
    const min = values.reduce((least, value) => Math.min(least, value)) + 0;
    const max = values.reduce((most, value) => Math.max(most, value));
    return new AffineMap(min, usableScale(max - min));
  }
}

export class RobustScaler extends Scaler {
  override readonly name = 'RobustScaler';
  override readonly parameters: RobustScalerParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<RobustScalerParameters> = {}) {
    super();
    this.parameters = resolveParameters(this.name, robustScalerParameters, parameters);
  }

  protected override fitPresent(values: Float64Array): AffineMap {
    const { withCentering, withScaling } = this.parameters;
    values.sort();
    const center = withCentering ? linearQuantile(values, 0.5) : 0;
    const range = linearQuantile(values, 0.75) - linearQuantile(values, 0.25);
    return new AffineMap(center, withScaling ? usableScale(range) : 1);
  }
}

/** Mean and population standard deviation; 1 for a column that is constant but for rounding. */
function momentsOf(values: Float64Array): { center: number; deviation: number } {
  const { length } = values;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return { center: 0, deviation: 1 };
  // By a power of two, which changes no digit, to where squares neither overflow nor vanish.
  const unit = 2 ** Math.min(1000, Math.max(-1000, Math.floor(Math.log2(largest))));
  const scaled = values.map((value) => value / unit);
  const center = mean(scaled);
  const variance = sumOf(length, (i) => (scaled[i] - center) ** 2) / length;
  const rounding = (length * center * Number.EPSILON) ** 2;
  const isConstant = variance <= length * Number.EPSILON * variance + rounding;
  return {
    center: center * unit,
    deviation: isConstant ? 1 : usableScale(Math.sqrt(variance) * unit),
  };
}

/** Finite and above 0: a range of 0 divides by 1, and one beyond a double's by the largest. */
function usableScale(scale: number): number {
  if (!(scale > 0)) return 1;
  return Math.min(scale, Number.MAX_VALUE);
}

export const standardScalerEntry: TransformerEntry = {
  name: 'StandardScaler',
  parameters: standardScalerParameters,
  doc: 'Brings numbers to mean 0 and standard deviation 1.',
  create: (parameters) => new StandardScaler(parameters),
};

export const minMaxScalerEntry: TransformerEntry = {
  name: 'MinMaxScaler',
  parameters: minMaxScalerParameters,
  doc: 'Brings numbers to the range from 0 to 1.',
  create: (parameters) => new MinMaxScaler(parameters),
};

export const robustScalerEntry: TransformerEntry = {
  name: 'RobustScaler',
  parameters: robustScalerParameters,
  doc: 'Brings numbers to median 0 and a range of the quartiles of 1; outliers do not move it.',
  create: (parameters) => new RobustScaler(parameters),
};

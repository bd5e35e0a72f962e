// The transformers that learn little or nothing: OrdinalEncoder, LogTransformer, MissingIndicator.

import type { FeatureColumn, FeatureMatrix } from '../matrix/feature-matrix.ts';
import { mean, sumOf } from '../numeric/sum.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { ColumnTransformer, presentValues } from './column-transformer.ts';
import type { ColumnMap } from './maps/column-map.ts';
import { IndicatorMap } from './maps/indicator-map.ts';
import { codes, keep } from './maps/plain-maps.ts';
import { SignedLogMap } from './maps/signed-log-map.ts';
import type { TransformerEntry } from './transformer-entry.ts';

const noParameters = {} as const;

export class OrdinalEncoder extends ColumnTransformer {
  override readonly name = 'OrdinalEncoder';
  override readonly parameters: Readonly<Record<string, never>>;

  /** Categories as their codes, which ascend from the most frequent. @throws PARAMETER_UNKNOWN. */
  constructor(parameters: object = {}) {
    super();
    this.parameters = resolveParameters(this.name, noParameters, parameters);
  }

  protected override fitMaps(x: FeatureMatrix): readonly ColumnMap[] {
    return x.columns.map(({ kind }) => (kind === 'categorical' ? codes : keep));
  }
}

const logTransformerParameters = {
  minSkewness: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 1000,
    doc: 'Only columns whose skewness is at least of this size are transformed.',
  },
} as const;

export type LogTransformerParameters = ParameterValues<typeof logTransformerParameters>;

export class LogTransformer extends ColumnTransformer {
  override readonly name = 'LogTransformer';
  override readonly parameters: LogTransformerParameters;

  /** Numbers as sign(x) log(1 + |x|). @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<LogTransformerParameters> = {}) {
    super();
    this.parameters = resolveParameters(this.name, logTransformerParameters, parameters);
  }

  protected override fitMaps(x: FeatureMatrix): readonly ColumnMap[] {
    const { minSkewness } = this.parameters;
    return x.columns.map((column) => {
      const isMeant = column.kind === 'numeric' && Math.abs(skewnessOf(column)) >= minSkewness;
      return isMeant ? new SignedLogMap() : keep;
    });
  }
}

/** The third standardised moment of the values that are there; 0 of a constant column. */
function skewnessOf(column: FeatureColumn): number {
  const values = presentValues(column);
  if (values.length === 0) return 0;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  const scaled = values.map((value) => value / largest);
  const center = mean(scaled);
  const { length } = scaled;
  const second = sumOf(length, (i) => (scaled[i] - center) ** 2) / length;
  const third = sumOf(length, (i) => (scaled[i] - center) ** 3) / length;
  return second > 0 ? third / second ** 1.5 || 0 : 0;
}

export class MissingIndicator extends ColumnTransformer {
  override readonly name = 'MissingIndicator';
  override readonly parameters: Readonly<Record<string, never>>;

  /** Adds a column of 0 and 1 to each that missed values in training. @throws PARAMETER_UNKNOWN. */
  constructor(parameters: object = {}) {
    super();
    this.parameters = resolveParameters(this.name, noParameters, parameters);
  }

  protected override fitMaps(x: FeatureMatrix): readonly ColumnMap[] {
    return x.columns.map(({ values }) => (values.some(Number.isNaN) ? new IndicatorMap() : keep));
  }
}

export const ordinalEncoderEntry: TransformerEntry = {
  name: 'OrdinalEncoder',
  parameters: noParameters,
  doc: 'Categories as numbers, from 0 for the most frequent.',
  create: (parameters) => new OrdinalEncoder(parameters),
};

export const logTransformerEntry: TransformerEntry = {
  name: 'LogTransformer',
  parameters: logTransformerParameters,
  doc: 'Numbers as sign(x) log(1 + |x|), which draws in long tails.',
  create: (parameters) => new LogTransformer(parameters),
};

export const missingIndicatorEntry: TransformerEntry = {
  name: 'MissingIndicator',
  parameters: noParameters,
  doc: 'Adds columns that say where values are missing.',
  create: (parameters) => new MissingIndicator(parameters),
};

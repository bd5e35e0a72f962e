// What all transformers share: their fit makes one map a column.

import type { Label, Parameters } from '../estimator/estimator.ts';
import type { FeatureColumn, FeatureMatrix } from '../matrix/feature-matrix.ts';
import { schemaOf } from '../matrix/feature-schema.ts';
import { FittedColumns } from './fitted-columns.ts';
import type { ColumnMap } from './maps/column-map.ts';
import type { Transformer } from './transformer.ts';

export abstract class ColumnTransformer implements Transformer {
  abstract readonly name: string;
  abstract readonly parameters: Parameters;

  fit(x: FeatureMatrix, y: ArrayLike<Label>): FittedColumns {
    return new FittedColumns(this.name, this.parameters, schemaOf(x), this.fitMaps(x, y));
  }

  fitTransform(x: FeatureMatrix, y: ArrayLike<Label>) {
    const fitted = this.fit(x, y);
    return { fitted, x: fitted.transform(x) };
  }

  protected abstract fitMaps(x: FeatureMatrix, y: ArrayLike<Label>): readonly ColumnMap[];
}

/** The values that are there, in a new array. */
export function presentValues({ values }: FeatureColumn): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

/** Number of rows a code. */
export function codeCounts(values: Float64Array, levelCount: number): Int32Array {
  const counts = new Int32Array(levelCount);
  for (const code of values) if (!Number.isNaN(code)) counts[code]++;
  return counts;
}

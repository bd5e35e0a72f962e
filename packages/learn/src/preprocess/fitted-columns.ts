// The fitted form of every transformer: one map a column.

import type { ModelJson, Parameters } from '../estimator/estimator.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { checkSchema, type FeatureSchema, featureColumn } from '../matrix/feature-schema.ts';
import type { ColumnMap } from './maps/column-map.ts';
import type { FittedTransformer } from './transformer.ts';

export class FittedColumns implements FittedTransformer {
  readonly transformer: string;
  readonly parameters: Parameters;
  readonly inputs: readonly FeatureSchema[];
  readonly outputs: readonly FeatureSchema[];
  /** One a column of `inputs`. */
  readonly maps: readonly ColumnMap[];
  /** Where the outputs of each map begin. */
  readonly #starts: Int32Array;

  constructor(
    transformer: string,
    parameters: Parameters,
    inputs: readonly FeatureSchema[],
    maps: readonly ColumnMap[],
  ) {
    this.transformer = transformer;
    this.parameters = parameters;
    this.inputs = inputs;
    this.maps = maps;
    const outputs = maps.map((map, j) => map.outputs(inputs[j]));
    this.outputs = outputs.flat();
    this.#starts = new Int32Array(maps.length);
    for (let j = 1; j < maps.length; j++) {
      this.#starts[j] = this.#starts[j - 1] + outputs[j - 1].length;
    }
  }

  transform(x: FeatureMatrix): FeatureMatrix {
    checkSchema(x, this.inputs);
    const values = this.maps.flatMap((map, j) => map.mapColumn(x.columns[j].values));
    return new FeatureMatrix(this.outputs.map((output, i) => featureColumn(output, values[i])));
  }

  transformRowInto(values: Float64Array, out: Float64Array): void {
    for (let j = 0; j < this.maps.length; j++) {
      this.maps[j].mapCell(values[j], out, this.#starts[j]);
    }
  }

  toJSON(): ModelJson {
    const { transformer, parameters, inputs } = this;
    const maps = this.maps.map((map) => map.toJSON());
    return { estimator: transformer, parameters, inputs, maps };
  }
}

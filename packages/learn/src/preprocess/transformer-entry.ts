// A transformer as data: what the table of transformers holds of each.

import type { ParameterSpecs } from '../parameter/parameter-spec.ts';
import type { Transformer } from './transformer.ts';

export interface TransformerEntry {
  /** The class's name, such as `StandardScaler`. */
  readonly name: string;
  readonly parameters: ParameterSpecs;
  readonly doc: string;
  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  readonly create: (parameters: object) => Transformer;
}

// The table of transformers: every preprocessing step that can be made by its name and read from a
// model file.

import { didYouMean } from '../did-you-mean.ts';
import { LearnError } from '../errors.ts';
import { readParameters } from '../estimator/read-parameters.ts';
import { readSchema } from '../matrix/feature-schema.ts';
import { invalidField, list, record, text } from '../model-json/read-fields.ts';
import { columnSelectorEntry } from './column-selector.ts';
import { FittedColumns } from './fitted-columns.ts';
import { imputerEntry } from './imputer.ts';
import { readColumnMap } from './maps/read-column-map.ts';
import { oneHotEncoderEntry } from './one-hot-encoder.ts';
import { quantileTransformerEntry } from './quantile-transformer.ts';
import { minMaxScalerEntry, robustScalerEntry, standardScalerEntry } from './scalers.ts';
import {
  logTransformerEntry,
  missingIndicatorEntry,
  ordinalEncoderEntry,
} from './simple-transformers.ts';
import { targetEncoderEntry } from './target-encoder.ts';
import type { TransformerEntry } from './transformer-entry.ts';

const entries: readonly TransformerEntry[] = [
  columnSelectorEntry,
  imputerEntry,
  logTransformerEntry,
  minMaxScalerEntry,
  missingIndicatorEntry,
  oneHotEncoderEntry,
  ordinalEncoderEntry,
  quantileTransformerEntry,
  robustScalerEntry,
  standardScalerEntry,
  targetEncoderEntry,
];

/** Every transformer by its name. */
export const transformers: ReadonlyMap<string, TransformerEntry> = new Map(
  entries.map((entry) => [entry.name, entry]),
);

/** @throws LearnError TRANSFORMER_UNKNOWN. */
export function transformerEntry(name: string): TransformerEntry {
  const entry = transformers.get(name);
  if (entry !== undefined) return entry;
  const known = [...transformers.keys()];
  const shown = name.slice(0, 100);
  throw new LearnError(
    'TRANSFORMER_UNKNOWN',
    `there is no transformer '${shown}'${didYouMean(shown, known) || `; known are ${known.join(', ')}`}`,
  );
}

/**
 * Reads what a fitted transformer's `toJSON` wrote, taking nothing on trust.
 * @throws LearnError MODEL_INVALID naming the field that is wrong.
 */
export function readTransformer(json: unknown, what = 'the transformer'): FittedColumns {
  const fields = record(json, what);
  const name = text(fields.estimator, `${what}.estimator`);
  const entry = transformers.get(name);
  if (entry === undefined) throw invalidField(`${what} is no transformer: '${name.slice(0, 100)}'`);
  const parameters = readParameters(name, entry.parameters, fields.parameters);
  const inputs = readSchema(fields.inputs, `${what}.inputs`);
  const maps = list(fields.maps, `${what}.maps`, (item) => item, { length: inputs.length });
  const read = maps.map((map, j) => readColumnMap(map, `${what}.maps at index ${j}`, inputs[j]));
  const fitted = new FittedColumns(name, parameters, inputs, read);
  if (fitted.outputs.length === 0) throw invalidField(`${what} makes no columns`);
  return fitted;
}

// Writes a model as an ONNX file: from raw columns, texts included, to predictions. What each part
// becomes is its converter's; this owns the frame around them.

import type { FittedTableEncoder } from '../encode/fitted-table-encoder.ts';
import type { FittedModel } from '../estimator/estimator.ts';
import type { FittedTransformer } from '../preprocess/transformer.ts';
import { convertEncoding } from './converters/column-encoding.ts';
import { convertTransformer } from './converters/column-maps.ts';
import { convertModel } from './converters/converters.ts';
import { NotExpressible } from './export-context.ts';
import { GraphBuilder } from './graph-builder.ts';
import { joinFeatures } from './graph-features.ts';
import { modelOutputs, type ProbabilityOutputs } from './outputs.ts';
import { declareInputs } from './raw-input.ts';

export interface ExportOnnxOptions {
  /** Of classifiers; default `matrix`. */
  readonly probabilities?: ProbabilityOutputs;
  /** Version of what made the model, for the file's head. Default none. */
  readonly producerVersion?: string;
}

/** The parts of a TabularModel that the file is made from. */
export interface ExportableModel {
  readonly encoder: Pick<FittedTableEncoder, 'encodings' | 'inputs'>;
  readonly model: FittedModel;
}

export interface ExportedOnnx {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Names of the outputs: `variable`; or `label` and those of the probabilities. */
  readonly outputs: readonly string[];
}

/** The file, or why there can be none, in a sentence for the user. */
export type OnnxExport = ExportedOnnx | { readonly bytes: null; readonly reason: string };

export function exportOnnx(
  { encoder, model }: ExportableModel,
  options: ExportOnnxOptions = {},
): OnnxExport {
  const g = new GraphBuilder();
  const taken = encoder.inputs.map(({ name }) => name);
  const outputs = modelOutputs(model, options.probabilities ?? 'matrix', taken);
  for (const name of outputs.names) g.reserve(name);
  try {
    outputs.declare(g, convertModel(g, model, encoded(g, encoder)));
  } catch (error) {
    if (error instanceof NotExpressible) return { bytes: null, reason: error.message };
    throw error;
  }
  return { bytes: g.finish(options.producerVersion ?? ''), outputs: outputs.names };
}

/** The way to the features alone, as the output `features`, one column a feature. */
export function exportFeatures(
  encoder: ExportableModel['encoder'],
  transformers: readonly FittedTransformer[] = [],
): ExportedOnnx {
  const g = new GraphBuilder();
  const { values, columns } = transformers.reduce(
    (features, transformer) => convertTransformer(g, transformer, features),
    encoded(g, encoder),
  );
  g.output('features', values, ['rows', columns.length]);
  return { bytes: g.finish(''), outputs: ['features'] };
}

function encoded(g: GraphBuilder, { inputs, encodings }: ExportableModel['encoder']) {
  const raw = declareInputs(g, inputs);
  return joinFeatures(
    g,
    encodings.map((encoding) => convertEncoding(g, encoding, raw)),
  );
}

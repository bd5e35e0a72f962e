// The signature of a model, in MLflow's types: what clients send and get.

import type { ColumnType } from '../encode/column-types.ts';
import type { Label } from '../estimator/estimator.ts';
import { sentType } from '../onnx/raw-input.ts';
import type { TabularModel } from '../tabular-model/tabular-model.ts';
import type { ModelSignature, SignatureColumn } from './model-info.ts';

/** Beyond so many classes the probabilities are not listed one by one. */
const maxListedClasses = 1000;

/** @param outputNames of the ONNX model, by which the probabilities of a classification are named. */
export function signatureOf(model: TabularModel, outputNames: readonly string[]): ModelSignature {
  return {
    inputs: model.inputs.map((input) => {
      return { name: input.name, type: sentType(input), required: input.required };
    }),
    outputs:
      model.classes === null
        ? [column(model.targetName, 'double')]
        : outputsOf(model.classes, outputNames),
  };
}

function outputsOf(
  classes: readonly Label[],
  [label = 'label', ...probabilities]: readonly string[],
): SignatureColumn[] {
  const listed = classes.length <= maxListedClasses ? probabilities : [];
  return [column(label, labelType(classes)), ...listed.map((name) => column(name, 'double'))];
}

function labelType(classes: readonly Label[]): ColumnType {
  if (classes.every((label) => typeof label === 'boolean')) return 'boolean';
  if (!classes.every((label) => typeof label === 'number')) return 'string';
  return classes.every(Number.isSafeInteger) ? 'long' : 'double';
}

function column(name: string, type: ColumnType): SignatureColumn {
  return { name, type, required: true };
}

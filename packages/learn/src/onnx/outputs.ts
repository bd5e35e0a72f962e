// The outputs of a graph, named as skl2onnx names them: `variable` of a regression; `label` and
// `probabilities` of a classification, or one output a class beside the label.

import type { FittedModel, Label } from '../estimator/estimator.ts';
import type { GraphBuilder, GraphValue } from './graph-builder.ts';
import { argMax, type Doubles, type Int64s, reshape, takeColumns } from './operators.ts';
import { bools, doubles, int64s, strings, type Tensor } from './tensor.ts';

/**
 * How a classifier gives its probabilities: one `matrix`, or `columns`, an output a class, which is
 * what MLflow's Python loader can put into a DataFrame.
 */
export type ProbabilityOutputs = 'matrix' | 'columns';

export interface ModelOutputs {
  readonly names: readonly string[];
  readonly declare: (g: GraphBuilder, scores: Doubles) => void;
}

/** @param taken names that an output cannot have, as a column of the data has them. */
export function modelOutputs(
  model: FittedModel,
  probabilities: ProbabilityOutputs,
  taken: readonly string[],
): ModelOutputs {
  const free = nameGiver(taken);
  if (model.kind === 'regressor') return regression(free('variable'));
  const label = free('label');
  if (probabilities === 'matrix') return ofMatrix(model.classes, label, free('probabilities'));
  const names = model.classes.map((name) => free(`probability_${String(name)}`));
  return ofColumns(model.classes, label, names);
}

function regression(name: string): ModelOutputs {
  const declare = (g: GraphBuilder, scores: Doubles) => {
    g.output(name, scores, ['rows', 1]);
  };
  return { names: [name], declare };
}

function ofMatrix(classes: readonly Label[], label: string, matrix: string): ModelOutputs {
  const declare = (g: GraphBuilder, scores: Doubles) => {
    g.output(label, labelsAt(g, classes, argMax(g, scores)), ['rows']);
    g.output(matrix, scores, ['rows', classes.length]);
  };
  return { names: [label, matrix], declare };
}

function ofColumns(
  classes: readonly Label[],
  label: string,
  columns: readonly string[],
): ModelOutputs {
  const declare = (g: GraphBuilder, scores: Doubles) => {
    g.output(label, labelsAt(g, classes, argMax(g, scores)), ['rows']);
    columns.forEach((name, k) => {
      g.output(name, reshape(g, takeColumns(g, scores, [k]), [-1]), ['rows']);
    });
  };
  return { names: [label, ...columns], declare };
}

function labelsAt(g: GraphBuilder, classes: readonly Label[], codes: Int64s): GraphValue {
  const labels = g.constant(labelTensor(classes));
  return g.node('Gather', [labels, codes], labels.type);
}

/** Labels of one kind keep their type; a mixture becomes text. */
function labelTensor(classes: readonly Label[]): Tensor {
  if (classes.every((label) => typeof label === 'boolean')) return bools(classes);
  if (classes.every((label) => typeof label === 'number')) {
    return classes.every(Number.isSafeInteger) ? int64s(classes) : doubles(classes);
  }
  return strings(classes.map(String));
}

function nameGiver(taken: readonly string[]): (name: string) => string {
  const names = new Set(taken);
  return (name) => {
    let free = name;
    for (let i = 2; names.has(free); i++) free = `${name}_${i}`;
    names.add(free);
    return free;
  };
}

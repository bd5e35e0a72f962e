// Fitted models that are ensembles of trees: what boosting, forests and single trees all return. How
// trees are grown is their makers'; how raw scores become predictions is in tree-link.ts.

import type {
  FittedClassifier,
  FittedRegressor,
  Label,
  ModelJson,
  Parameters,
} from '../estimator/estimator.ts';
import { mostProbable } from '../estimator/label-codes.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import { compileEnsemble } from './compiled-ensemble.ts';
import { ensembleImportances, type ImportanceKind } from './feature-importances.ts';
import { predictRaw } from './predict-raw.ts';
import type { TreeEnsemble } from './tree.ts';
import { ensembleToJson } from './tree-json.ts';
import {
  applyRegressionLink,
  type ClassificationLink,
  classProbabilities,
  type RegressionLink,
} from './tree-link.ts';

/** What is known of how an ensemble was trained. */
export interface TreeTraining {
  /** Validation loss after each round, early stopping's last rounds included; default none. */
  readonly curve?: readonly number[];
  /** Number of rounds kept; default null, where nothing was stopped early. */
  readonly bestIteration?: number | null;
  /**
   * Out-of-bag predictions of a forest, `outputCount` raw means a training row, NaN for a row that
   * every tree has seen; default null. Not part of the model's file.
   */
  readonly outOfBag?: Float64Array | null;
}

interface TreeModelFields extends TreeTraining {
  readonly estimator: string;
  readonly parameters: Parameters;
  readonly ensemble: TreeEnsemble;
}

abstract class FittedTreeModel {
  readonly estimator: string;
  readonly parameters: Parameters;
  readonly ensemble: TreeEnsemble;
  readonly curve: readonly number[];
  readonly bestIteration: number | null;
  readonly outOfBag: Float64Array | null;
  /** Room for the row and the raw scores of `predictRowInto`, made when it is first called. */
  #row: { readonly values: Float32Array; readonly raw: Float64Array } | null = null;

  constructor(fields: TreeModelFields) {
    this.estimator = fields.estimator;
    this.parameters = fields.parameters;
    this.ensemble = fields.ensemble;
    this.curve = fields.curve ?? [];
    this.bestIteration = fields.bestIteration ?? null;
    this.outOfBag = fields.outOfBag ?? null;
  }

  get columnCount(): number {
    return this.ensemble.columnCount;
  }

  /** `outputCount` raw scores a row, before the link. @throws LearnError SHAPE_MISMATCH. */
  predictRaw(x: Features): Float64Array {
    return predictRaw(this.ensemble, x);
  }

  /** One value a column, 0 or more; they sum to 1, or are all 0 where no tree splits. */
  featureImportances(kind: ImportanceKind = 'gain'): Float64Array {
    return ensembleImportances(this.ensemble, kind);
  }

  /** The raw scores of one row, in an array that the next call writes over. */
  protected rawOfRow(values: Float64Array): Float64Array {
    const { columnCount, outputCount } = this.ensemble;
    this.#row ??= { values: new Float32Array(columnCount), raw: new Float64Array(outputCount) };
    // Setting float32 elements rounds as Math.fround does.
    this.#row.values.set(values);
    compileEnsemble(this.ensemble).predictRow(this.#row.values, this.#row.raw);
    return this.#row.raw;
  }

  protected json(): ModelJson {
    const { estimator, parameters, curve, bestIteration } = this;
    const ensemble = ensembleToJson(this.ensemble);
    return { estimator, parameters, curve, bestIteration, ensemble };
  }
}

export class FittedTreeRegressor extends FittedTreeModel implements FittedRegressor {
  readonly kind = 'regressor';
  readonly link: RegressionLink;

  constructor(fields: TreeModelFields & { readonly link: RegressionLink }) {
    super(fields);
    this.link = fields.link;
  }

  predict(x: Features): Float64Array {
    const raw = this.predictRaw(x);
    applyRegressionLink(this.link, raw, this.ensemble.trees.length);
    return raw;
  }

  predictRowInto(values: Float64Array, out: Float64Array): void {
    const raw = this.rawOfRow(values);
    applyRegressionLink(this.link, raw, this.ensemble.trees.length);
    out[0] = raw[0];
  }

  toJSON(): ModelJson {
    return { ...this.json(), link: this.link };
  }
}

export class FittedTreeClassifier extends FittedTreeModel implements FittedClassifier {
  readonly kind = 'classifier';
  readonly link: ClassificationLink;
  readonly classes: readonly Label[];

  /** One output stands for two classes, of which it scores the second; else one output a class. */
  constructor(
    fields: TreeModelFields & {
      readonly link: ClassificationLink;
      readonly classes: readonly Label[];
    },
  ) {
    super(fields);
    this.link = fields.link;
    this.classes = fields.classes;
  }

  predictProbabilities(x: Features): Matrix {
    const { outputCount, trees } = this.ensemble;
    const raw = this.predictRaw(x);
    const probabilities = classProbabilities(this.link, raw, outputCount, trees.length);
    return new Matrix(x.rowCount, this.classes.length, probabilities);
  }

  predict(x: Features): Label[] {
    return mostProbable(this.predictProbabilities(x), this.classes);
  }

  predictRowInto(values: Float64Array, out: Float64Array): void {
    const { outputCount, trees } = this.ensemble;
    out.set(classProbabilities(this.link, this.rawOfRow(values), outputCount, trees.length));
  }

  toJSON(): ModelJson {
    return { ...this.json(), link: this.link, classes: this.classes };
  }
}

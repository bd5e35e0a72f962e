// What the estimators of trees grown side by side share: parameters, `fit`, and their row in the table
// of estimators. The kinds themselves are in decision-tree.ts, random-forest.ts and extra-trees.ts.

import type {
  Classifier,
  ClassifierFitOptions,
  FitOptions,
  Label,
  Regressor,
} from '../estimator/estimator.ts';
import type { ClassifierEntry, RegressorEntry } from '../estimator/estimator-entry.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import type { ParameterSpecs, ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import type { FittedTreeClassifier, FittedTreeRegressor } from '../tree/fitted-tree-models.ts';
import { readTreeClassifier, readTreeRegressor } from '../tree/read-tree-model.ts';
import { type ForestKind, fitClassificationForest, fitRegressionForest } from './fit-forest.ts';

export abstract class ForestRegressor<Specs extends ParameterSpecs> implements Regressor {
  readonly parameters: ParameterValues<Specs>;
  readonly #kind: ForestKind;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(kind: ForestKind, specs: Specs, parameters: Partial<ParameterValues<Specs>>) {
    this.#kind = kind;
    this.parameters = resolveParameters(kind.name, specs, parameters);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE. */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedTreeRegressor {
    return fitRegressionForest(this.#kind, this.parameters, x, y, options);
  }
}

export abstract class ForestClassifier<Specs extends ParameterSpecs> implements Classifier {
  readonly parameters: ParameterValues<Specs>;
  readonly #kind: ForestKind;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(kind: ForestKind, specs: Specs, parameters: Partial<ParameterValues<Specs>>) {
    this.#kind = kind;
    this.parameters = resolveParameters(kind.name, specs, parameters);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_ONE_CLASS, DATA_LABEL_INVALID, DATA_OUT_OF_RANGE. */
  fit(x: Features, y: ArrayLike<Label>, options: ClassifierFitOptions = {}): FittedTreeClassifier {
    return fitClassificationForest(this.#kind, this.parameters, x, y, options);
  }
}

const takes = { takesMissing: true, takesCategories: true, takesSampleWeight: true } as const;

export function forestRegressorEntry(
  { name }: ForestKind,
  own: Pick<RegressorEntry, 'parameters' | 'doc' | 'create'>,
): RegressorEntry {
  const read = (json: unknown) => readTreeRegressor(json, name, own.parameters);
  return { ...takes, ...own, kind: 'regressor', name, read };
}

export function forestClassifierEntry(
  { name }: ForestKind,
  own: Pick<ClassifierEntry, 'parameters' | 'doc' | 'create'>,
): ClassifierEntry {
  const read = (json: unknown) => readTreeClassifier(json, name, own.parameters);
  return { ...takes, ...own, kind: 'classifier', name, read };
}

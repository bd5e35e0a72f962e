// Pipeline: transformers and a learner as one learner, so that what is learnt of the columns is learnt
// from the training rows only.

import type {
  Classifier,
  ClassifierFitOptions,
  FitOptions,
  FittedModel,
  Label,
  Regressor,
} from '../estimator/estimator.ts';
import { asFeatureMatrix, type Features } from '../matrix/feature-matrix.ts';
import type { FittedTransformer, Transformer } from '../preprocess/transformer.ts';
import { compositeLike } from './composite-model.ts';
import { PipelineParts, transformAll } from './pipeline-parts.ts';

export class Pipeline<Learner extends Regressor | Classifier> {
  readonly transformers: readonly Transformer[];
  readonly learner: Learner;

  /** @param transformers the first one first; without any, the learner is as it is. */
  constructor(transformers: readonly Transformer[], learner: Learner) {
    this.transformers = transformers;
    this.learner = learner;
  }

  /**
   * Fits each transformer on what the one before it makes, then the learner. `options.validation` is
   * transformed along.
   * @throws LearnError what the transformers and the learner throw.
   */
  fit(
    x: Features,
    y: Parameters<Learner['fit']>[1],
    options: FitOptions & ClassifierFitOptions = {},
  ): ReturnType<Learner['fit']> {
    const fitted: FittedTransformer[] = [];
    let made = asFeatureMatrix(x);
    // Numbers that are classes are no quantities, which a transformer cannot tell from the numbers.
    const target = options.classes === undefined ? y : Array.from(y, String);
    for (const transformer of this.transformers) {
      const step = transformer.fitTransform(made, target);
      fitted.push(step.fitted);
      made = step.x;
    }
    const model = this.#fitLearner(made, y, transformedOptions(fitted, options));
    const whole =
      fitted.length === 0 ? model : compositeLike(model, new PipelineParts(fitted, model));
    // A pipeline of a regressor is a regressor, and so on, which compositeLike sees to.
    return whole as ReturnType<Learner['fit']>;
  }

  #fitLearner(x: Features, y: ArrayLike<Label>, options: ClassifierFitOptions): FittedModel {
    // The targets are of the learner's own type, which the generic signature of `fit` has checked.
    const learner: { fit(x: Features, y: never, options: FitOptions): FittedModel } = this.learner;
    return learner.fit(x, y as never, options);
  }
}

function transformedOptions(
  fitted: readonly FittedTransformer[],
  options: ClassifierFitOptions,
): ClassifierFitOptions {
  if (options.validation === undefined) return options;
  const { x, y } = options.validation;
  return { ...options, validation: { x: transformAll(fitted, x), y } };
}

// A blend: the weighted mean of what several models predict, probabilities for classifiers. Bagging is
// a blend of equal weights.

import { LearnError } from '../errors.ts';
import type { FittedModel, ModelJson } from '../estimator/estimator.ts';
import { outputCountOf, type RowPredictor, rowPredictor } from '../estimator/row-predictor.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { finite, invalidField, list, record } from '../model-json/read-fields.ts';
import { checkAlike } from './check-alike.ts';
import { compositeLike, outputsOf, type Parts } from './composite-model.ts';
import type { CompositeReader } from './composite-reader.ts';

export interface BlendMember {
  /** 0 to 1; those of a blend sum to 1. */
  readonly weight: number;
  readonly model: FittedModel;
}

/** Weights that sum to 1 but for this are rounded numbers. */
const sumTolerance = 1e-6;
const maxMembers = 10_000;

export class BlendParts implements Parts {
  readonly estimator = 'Blend';
  readonly members: readonly BlendMember[];
  readonly #predictors: readonly RowPredictor[];
  readonly #row: Float64Array;

  constructor(members: readonly BlendMember[]) {
    this.members = members;
    this.#predictors = members.map(({ model }) => rowPredictor(model));
    this.#row = new Float64Array(outputCountOf(members[0].model));
  }

  get columnCount(): number {
    return this.members[0].model.columnCount;
  }

  outputs(x: Features): Float64Array {
    const sum = new Float64Array(x.rowCount * this.#row.length);
    for (const { weight, model } of this.members) {
      const outputs = outputsOf(model, x);
      for (let i = 0; i < sum.length; i++) sum[i] += weight * outputs[i];
    }
    return sum;
  }

  rowOutputsInto(values: Float64Array, out: Float64Array): void {
    const row = this.#row;
    for (let k = 0; k < row.length; k++) out[k] = 0;
    for (let m = 0; m < this.members.length; m++) {
      this.#predictors[m](values, row);
      const { weight } = this.members[m];
      for (let k = 0; k < row.length; k++) out[k] += weight * row[k];
    }
  }

  toJSON(): ModelJson {
    const members = this.members.map(({ weight, model }) => ({ weight, model: model.toJSON() }));
    return { estimator: this.estimator, members };
  }
}

/**
 * The blend of one or more models of one kind, on the same features, with the same classes.
 * @throws LearnError PARAMETER_INVALID for weights that are not 0 or more with the sum 1,
 * SHAPE_MISMATCH for models that do not go together.
 */
export function blend(members: readonly BlendMember[]): FittedModel {
  checkAlike(members.map(({ model }) => model));
  const problem = weightProblem(members);
  if (problem !== null) throw new LearnError('PARAMETER_INVALID', problem);
  return compositeLike(members[0].model, new BlendParts(members));
}

/** The plain mean of what the models predict. @throws LearnError as `blend`. */
export function bag(models: readonly FittedModel[]): FittedModel {
  return blend(models.map((model) => ({ weight: 1 / models.length, model })));
}

function weightProblem(members: readonly BlendMember[]): string | null {
  const bad = members.find(({ weight }) => !(weight >= 0 && weight <= 1 + sumTolerance));
  if (bad !== undefined) return `a weight of a blend is ${bad.weight}; expected 0 to 1`;
  const sum = members.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) <= sumTolerance) return null;
  return `the weights of a blend sum to ${sum}; expected 1`;
}

export const readBlend: CompositeReader = (fields, readChild) => {
  const limits = { minLength: 1, maxLength: maxMembers };
  const members = list(
    fields.members,
    'the members of a blend',
    (item, what) => {
      const member = record(item, what);
      const weight = finite(member.weight, `${what}.weight`);
      return { weight, model: readChild(member.model, `${what}.model`) };
    },
    limits,
  );
  try {
    return blend(members);
  } catch (cause) {
    if (cause instanceof LearnError) throw invalidField(cause.message, { cause });
    throw cause;
  }
};

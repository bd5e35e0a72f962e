// Models that are made of other models.

import type { BlendParts } from '../../compose/blend.ts';
import type { Calibration } from '../../compose/calibration-methods.ts';
import type { CompositeClassifier, CompositeRegressor } from '../../compose/composite-model.ts';
import type { StackParts } from '../../compose/stack.ts';
import type { TargetTransform } from '../../compose/target-transform.ts';
import type { FittedModel } from '../../estimator/estimator.ts';
import {
  boundedToFinite,
  logit,
  sharesOfRow,
  signedExponential,
  withFirstOfTwo,
} from '../arithmetic.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import { type GraphFeatures, numericColumns } from '../graph-features.ts';
import {
  add,
  concatColumns,
  type Doubles,
  divide,
  logistic,
  maxOfColumns,
  multiply,
  negate,
  power,
  rowOf,
  scalar,
  subtract,
  sumColumns,
  takeColumns,
} from '../operators.ts';
import { convertTransformer } from './column-maps.ts';
import { normalShareBelow } from './normal.ts';
import { valuesAtPlaces } from './quantiles.ts';

type Convert = (g: GraphBuilder, model: FittedModel, features: GraphFeatures) => Doubles;

/** As compose/platt-sigmoid.ts and compose/target-transform.ts have them. */
const logitMargin = 1e-15;
const placeMargin = 1e-4;

export function convertComposite(
  g: GraphBuilder,
  { parts }: CompositeRegressor | CompositeClassifier,
  features: GraphFeatures,
  convert: Convert,
): Doubles {
  switch (parts.estimator) {
    case 'Pipeline':
      return convert(
        g,
        parts.model,
        parts.transformers.reduce((made, step) => convertTransformer(g, step, made), features),
      );
    case 'Blend':
      return blended(g, parts, features, convert);
    case 'Stack':
      return stacked(g, parts, features, convert);
    case 'TransformedTarget':
      return inverseTarget(g, parts.transform, convert(g, parts.model, features));
    case 'Calibration':
      return calibrated(
        g,
        parts.calibration,
        parts.model.classes.length,
        convert(g, parts.model, features),
      );
  }
}

function blended(g: GraphBuilder, { members }: BlendParts, x: GraphFeatures, convert: Convert) {
  return members
    .map(({ weight, model }) => multiply(g, convert(g, model, x), scalar(g, weight)))
    .reduce((sum, part) => add(g, sum, part));
}

/** The meta model sees the last of two probabilities, else all that the models below give. */
function stacked(g: GraphBuilder, { bases, meta }: StackParts, x: GraphFeatures, convert: Convert) {
  const outputs = bases.map((base) => {
    const output = convert(g, base, x);
    const isBinary = base.kind === 'classifier' && base.classes.length === 2;
    return isBinary ? takeColumns(g, output, [1]) : output;
  });
  const values = concatColumns(g, outputs);
  return convert(g, meta, { values, columns: numericColumns(meta.columnCount) });
}

function inverseTarget(g: GraphBuilder, transform: TargetTransform, value: Doubles): Doubles {
  switch (transform.kind) {
    case 'log1p':
      return signedExponential(g, value);
    case 'quantile':
      return valuesAtPlaces(g, placeOfDeviate(g, value), transform.quantiles);
    case 'standard': {
      const scaled = multiply(g, value, scalar(g, transform.scale));
      return boundedToFinite(g, add(g, scaled, scalar(g, transform.center)));
    }
  }
}

function placeOfDeviate(g: GraphBuilder, deviate: Doubles): Doubles {
  const share = subtract(g, normalShareBelow(g, deviate), scalar(g, placeMargin));
  return divide(g, share, scalar(g, 1 - 2 * placeMargin));
}

function calibrated(
  g: GraphBuilder,
  calibration: Calibration,
  classCount: number,
  probabilities: Doubles,
): Doubles {
  if (calibration.method === 'temperature') {
    return sharpened(g, probabilities, calibration.temperature);
  }
  const { a, b } = calibration;
  const isBinary = classCount === 2;
  const given = isBinary ? takeColumns(g, probabilities, [1]) : probabilities;
  const scores = add(g, multiply(g, logit(g, given, logitMargin), rowOf(g, a)), rowOf(g, b));
  const shares = logistic(g, negate(g, scores));
  return isBinary ? withFirstOfTwo(g, shares) : sharesOfRow(g, shares, classCount);
}

function sharpened(g: GraphBuilder, probabilities: Doubles, temperature: number): Doubles {
  const relative = divide(g, probabilities, maxOfColumns(g, probabilities));
  const powers = power(g, relative, scalar(g, 1 / temperature));
  return divide(g, powers, sumColumns(g, powers));
}

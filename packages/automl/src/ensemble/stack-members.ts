// A stack: a linear model over what the best trials say. It is judged as they are, on rows that it was
// not fitted on, and earns its place only by beating the weighted mean clearly.
import {
  estimatorEntry,
  type Features,
  type FittedModel,
  Pipeline,
  stackFeatures,
  transformerEntry,
} from '@ridgeline/learn';
import { taken } from '../evaluation/judge.ts';
import { foldsOf } from '../evaluation/plan.ts';
import { mixSeed } from '../evaluation/random-rows.ts';
import type { Evaluated } from '../search/evaluated.ts';
import type { Session } from '../search/session.ts';
import type { Choice } from './choose-members.ts';

export interface Stacked {
  /** Its members are the bases, all of one weight. */
  readonly choice: Choice;
  readonly meta: FittedModel;
}

type Held = Pick<Session, 'plan' | 'judge' | 'made' | 'settings'>;

/** Fewer rows than this overfit the weights. */
const leastRows = 1_000;
const mostRows = 20_000;
const mostBases = 8;
/** Of the loss of the weighted mean. */
const leastGain = 0.003;

/** Null where a stack is not worth it. */
export function stackMembers(
  session: Held,
  ranked: readonly Evaluated[],
  vote: Choice,
): Stacked | null {
  const { plan, judge, made, settings } = session;
  const { judged } = plan;
  const isSized = judged.length >= leastRows && judged.length <= mostRows;
  if (!isSized || ranked.length < 3) return null;
  const bases = twoPerFamily(ranked);
  const outputs = bases.map(({ predictions }) => Float64Array.from(predictions ?? []));
  const x = stackFeatures(outputs, judged.length);
  const y = taken(made.problem.target, judged);
  const weights = made.problem.metricWeights && taken(made.problem.metricWeights, judged);
  const fit = (rows: Int32Array) => {
    return fitMeta(session, x.takeRows(rows), taken(y, rows), weights && taken(weights, rows));
  };
  const strata = made.problem.classes === null ? new Int32Array(judged.length) : y;
  const { folds } = foldsOf(strata, { count: 5, repeats: 1, seed: mixSeed(settings.seed, 9) });
  const predictions = new Float32Array(judged.length * judge.outputs);
  for (const { train, valid } of folds) {
    const held = outputsOf(fit(train), x.takeRows(valid));
    valid.forEach((row, i) => {
      for (let k = 0; k < judge.outputs; k++) {
        predictions[row * judge.outputs + k] = held[i * judge.outputs + k];
      }
    });
  }
  const loss = judge.loss(judged, predictions);
  if (!(loss < vote.loss - leastGain * Math.abs(vote.loss))) return null;
  const members = bases.map((evaluated) => ({ evaluated, weight: 1 / bases.length }));
  const all = Int32Array.from({ length: judged.length }, (_, row) => row);
  return { choice: { members, predictions, loss }, meta: fit(all) };
}

/** The best two of each family, the best first. */
function twoPerFamily(ranked: readonly Evaluated[]): readonly Evaluated[] {
  const counts = new Map<string, number>();
  const chosen = ranked.filter(({ candidate: { learner } }) => {
    const count = counts.get(learner) ?? 0;
    counts.set(learner, count + 1);
    return count < 2;
  });
  return chosen.slice(0, mostBases);
}

function fitMeta(
  { made }: Held,
  x: Features,
  y: Float64Array,
  weights: Float64Array | null,
): FittedModel {
  const scaler = transformerEntry('StandardScaler').create({});
  const options = weights === null ? {} : { sampleWeight: weights };
  const { classes } = made.problem;
  if (classes === null) {
    const entry = estimatorEntry('Ridge');
    if (entry.kind !== 'regressor') throw new Error('Ridge is no regressor');
    return new Pipeline([scaler], entry.create({ alpha: 10 })).fit(x, y, options);
  }
  const entry = estimatorEntry('LogisticRegression');
  if (entry.kind !== 'classifier') throw new Error('LogisticRegression is no classifier');
  const labels = Array.from(y, (code) => classes[code]);
  return new Pipeline([scaler], entry.create({ C: 0.1 })).fit(x, labels, { ...options, classes });
}

function outputsOf(model: FittedModel, x: Features): Float64Array {
  return model.kind === 'regressor' ? model.predict(x) : model.predictProbabilities(x).values;
}

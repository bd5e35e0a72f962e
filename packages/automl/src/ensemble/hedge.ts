// A classifier that errs on none of the rows held out may still err, and by the log loss one certainty
// that is wrong outweighs all that is right. So a little of the classes' shares is blended in: the chance
// of a mistake that so many rows leave open, 1/2 of one row more (Krichevsky and Trofimov 1981).
import { blend, FittedDummyClassifier, type FittedModel } from '@ridgeline/learn';
import { naivePredictions } from '../evaluation/naive-predictions.ts';
import type { Session } from '../search/session.ts';
import { isAboutSureness } from './calibrate.ts';
import type { Choice } from './choose-members.ts';

type Held = Pick<Session, 'judge' | 'plan' | 'made'>;

/** The model and its choice as they are, where the metric is not about how sure a classifier is. */
export function hedge(held: Held, choice: Choice, model: FittedModel) {
  if (model.kind !== 'classifier' || !isAboutSureness(held.judge.metric)) return { choice, model };
  const { judged } = held.plan;
  const weight = 0.5 / (judged.length + 1);
  const shares = naivePredictions(held.made.problem, judged);
  const predictions = choice.predictions.map((p, i) => (1 - weight) * p + weight * shares[i]);
  const { columnCount, classes } = model;
  const ofShares = new FittedDummyClassifier({
    parameters: { strategy: 'prior' },
    columnCount,
    classes,
    probabilities: Float64Array.from(shares.subarray(0, classes.length)),
  });
  const members = [
    { weight: 1 - weight, model },
    { weight, model: ofShares },
  ];
  const loss = held.judge.loss(judged, predictions);
  return { choice: { ...choice, predictions, loss }, model: blend(members) };
}

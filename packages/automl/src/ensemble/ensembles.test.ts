import { FittedDummyClassifier, Matrix } from '@ridgeline/learn';
import { describe, expect, it } from 'vitest';
import { classTable, randomNumbers, regressionTable } from '../../test/tables.ts';
import { Judge } from '../evaluation/judge.ts';
import { foldsOf } from '../evaluation/plan.ts';
import { makeProblem } from '../problem/make-problem.ts';
import type { Evaluated } from '../search/evaluated.ts';
import type { LearnerName } from '../settings/learner-names.ts';
import { resolveMetric } from '../settings/primary-metric.ts';
import { resolveSettings } from '../settings/resolve-settings.ts';
import { calibrateChoice } from './calibrate.ts';
import { choiceOf, chooseMembers } from './choose-members.ts';
import { hedge } from './hedge.ts';
import { stackMembers } from './stack-members.ts';

function held(train: ReturnType<typeof regressionTable>, targetColumn: string, metric: string) {
  const settings = resolveSettings(train, { targetColumn, primaryMetric: metric });
  const made = makeProblem({ train }, settings);
  const strata = new Int32Array(train.rowCount);
  const plan = foldsOf(strata, { count: 5, repeats: 1, seed: 0 });
  const judge = new Judge(made.problem, resolveMetric(made.problem.task, metric), null);
  return { settings, made, plan, judge };
}

/** A trial that says these things of the rows held out. */
function trial(
  number: number,
  learner: LearnerName,
  predictions: Float32Array,
  loss: number,
): Evaluated {
  const candidate = { learner, description: learner, parameters: {} };
  const rest = { foldLosses: [], models: [], iterations: null, fitMs: 0 };
  return { trial: { number } as Evaluated['trial'], candidate, loss, predictions, ...rest };
}

describe('a stack', () => {
  const session = held(regressionTable(1200), 'y', 'r2_score');
  const y = session.made.problem.target;
  const next = randomNumbers(8);
  const noise = Float32Array.from(y, () => next() - 0.5);
  const { judge, plan } = session;
  const lossOf = (predictions: Float32Array) => judge.loss(plan.judged, predictions);

  it('earns its place where errors can be subtracted, which a mean cannot', () => {
    // One is right but for a noise that another gives away.
    const noisy = Float32Array.from(y, (value, i) => value + noise[i]);
    const weak = Float32Array.from(y, (value) => 0.1 * value);
    const ranked = [
      trial(1, 'ridge', noisy, lossOf(noisy)),
      trial(2, 'mlp', noise, lossOf(noise)),
      trial(3, 'lasso', weak, lossOf(weak)),
    ];
    const vote = choiceOf([{ evaluated: ranked[0], weight: 1 }], judge, plan.judged);
    const stacked = stackMembers(session, ranked, vote);
    expect(stacked?.choice.loss).toBeLessThan(vote.loss);
    expect(stacked?.meta.columnCount).toBe(3);
  });

  it('does not where the best alone says all', () => {
    const exact = Float32Array.from(y);
    const ranked = [
      trial(1, 'ridge', exact, lossOf(exact)),
      trial(2, 'mlp', noise, lossOf(noise)),
      trial(3, 'lasso', noise, lossOf(noise)),
    ];
    const vote = choiceOf([{ evaluated: ranked[0], weight: 1 }], judge, plan.judged);
    expect(stackMembers(session, ranked, vote)).toBeNull();
  });

  it('is a mean where the errors of two cancel', () => {
    const over = Float32Array.from(y, (value, i) => value + noise[i]);
    const under = Float32Array.from(y, (value, i) => value - noise[i]);
    const ranked = [trial(1, 'ridge', over, lossOf(over)), trial(2, 'mlp', under, lossOf(under))];
    const { made } = session;
    const request = { problem: made.problem, judge, judged: plan.judged, seed: 0 };
    const { members } = chooseMembers(ranked, { ...request, shouldStop: () => false });
    expect(members.map(({ weight }) => weight)).toEqual([0.5, 0.5]);
  });
});

describe('calibration', () => {
  const train = classTable(300, ['no', 'yes']);

  /** Right in nine of ten rows, and as sure of itself as given. */
  function choiceThatIs(sure: number, session: ReturnType<typeof held>) {
    const { target } = session.made.problem;
    const predictions = new Float32Array(600);
    target.forEach((code, i) => {
      const said = i % 10 === 0 ? 1 - code : code;
      predictions[2 * i + said] = sure;
      predictions[2 * i + 1 - said] = 1 - sure;
    });
    return choiceOf(
      [{ evaluated: trial(1, 'mlp', predictions, 0), weight: 1 }],
      session.judge,
      session.plan.judged,
    );
  }

  it('makes a classifier that is too sure less so', () => {
    const session = held(train, 'label', 'log_loss');
    const choice = choiceThatIs(0.999, session);
    const calibrated = calibrateChoice(session, choice);
    expect(calibrated?.choice.loss).toBeLessThan(0.6 * choice.loss);
    expect(calibrated?.calibration).toMatchObject({ method: 'temperature' });
  });

  it('leaves one alone that is as sure as it is right', () => {
    const session = held(train, 'label', 'log_loss');
    expect(calibrateChoice(session, choiceThatIs(0.9, session))).toBeNull();
  });

  it('is no matter of metrics that count hits', () => {
    const session = held(train, 'label', 'accuracy');
    expect(calibrateChoice(session, choiceThatIs(0.999, session))).toBeNull();
  });
});

describe('hedging', () => {
  const train = classTable(300, ['no', 'yes']);
  const x = new Matrix(2, 1, new Float64Array(2));
  const never = new FittedDummyClassifier({
    parameters: { strategy: 'prior' },
    columnCount: 1,
    classes: ['no', 'yes'],
    probabilities: Float64Array.of(1, 0),
  });
  const certain = (session: ReturnType<typeof held>) =>
    choiceOf(
      [{ evaluated: trial(1, 'mlp', new Float32Array(600).fill(0.5), 0), weight: 1 }],
      session.judge,
      session.plan.judged,
    );

  it('leaves room for the mistake that no row held out has shown', () => {
    const session = held(train, 'label', 'log_loss');
    const { model } = hedge(session, certain(session), never);
    if (model.kind !== 'classifier') throw new Error('no classifier');
    const [, yes] = model.predictProbabilities(x).values;
    expect(yes).toBeGreaterThan(0.0001);
    expect(yes).toBeLessThan(0.5 / 301);
  });

  it('is no matter of metrics that count hits', () => {
    const session = held(train, 'label', 'accuracy');
    const choice = certain(session);
    expect(hedge(session, choice, never)).toEqual({ choice, model: never });
  });

  it('bounds the temperature where the rows held out are all right', () => {
    const session = held(train, 'label', 'log_loss');
    const predictions = new Float32Array(600).fill(0.1);
    session.made.problem.target.forEach((code, i) => {
      predictions[2 * i + code] = 0.9;
    });
    const evaluated = trial(1, 'mlp', predictions, 0);
    const choice = choiceOf([{ evaluated, weight: 1 }], session.judge, session.plan.judged);
    expect(calibrateChoice(session, choice)?.calibration).toEqual({
      method: 'temperature',
      temperature: 0.5,
    });
  });
});

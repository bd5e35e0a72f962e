// Which models make the final one: the best alone, or a weighted mean of several where that is better
// on the rows held out. Few rows allow few members, as the choice itself can overfit them.
import { fastLoss, isQuick } from '../evaluation/fast-loss.ts';
import type { Judge } from '../evaluation/judge.ts';
import { randomNumbers } from '../evaluation/random-rows.ts';
import type { Problem } from '../problem/problem.ts';
import type { Evaluated } from '../search/evaluated.ts';
import { selectGreedily } from './greedy-selection.ts';

export interface Member {
  readonly evaluated: Evaluated;
  /** Above 0; all of a choice sum to 1. */
  readonly weight: number;
}

export interface Choice {
  /** The heaviest first. */
  readonly members: readonly Member[];
  /** Of the weighted mean, for the judged rows. */
  readonly predictions: Float32Array;
  readonly loss: number;
}

interface ChoiceRequest {
  readonly problem: Problem;
  readonly judge: Judge;
  readonly judged: Int32Array;
  readonly seed: number;
  readonly shouldStop: () => boolean;
}

/** Rows that the selection looks at: more tell little and take long, most of all where they are ranked. */
const mostRows = { quick: 10_000, slow: 3_000 } as const;
const rounds = 40;

/** @param ranked trials with models, the best first; at least one. */
export function chooseMembers(ranked: readonly Evaluated[], request: ChoiceRequest): Choice {
  const { judge, judged, problem, shouldStop } = request;
  const pool = diverse(ranked, judged.length);
  const places = somePlaces(judged.length, request);
  const candidates = pool.map(({ predictions }) => rowsOf(predictions, places, judge.outputs));
  const loss = fastLoss(
    problem,
    judge,
    judged.length === places.length ? judged : places.map((at) => judged[at]),
  );
  const { weights } = selectGreedily(candidates, loss, {
    rounds,
    mostMembers: mostMembers(judged.length),
    shouldStop,
  });
  const members = pool
    .map((evaluated, i) => ({ evaluated, weight: weights[i] }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.evaluated.trial.number - b.evaluated.trial.number);
  const ensemble = choiceOf(members, judge, judged);
  const single = choiceOf([{ evaluated: ranked[0], weight: 1 }], judge, judged);
  return ensemble.loss < single.loss ? ensemble : single;
}

export function choiceOf(members: readonly Member[], judge: Judge, judged: Int32Array): Choice {
  const predictions = new Float32Array(judged.length * judge.outputs);
  for (const { evaluated, weight } of members) {
    const own = predictionsOf(evaluated);
    for (let i = 0; i < predictions.length; i++) predictions[i] += weight * own[i];
  }
  return { members, predictions, loss: judge.loss(judged, predictions) };
}

/** The best of all, and the best few of each family, so that no family crowds the others out. */
function diverse(ranked: readonly Evaluated[], rowCount: number) {
  const best = rowCount < 500 ? 5 : 15;
  const perFamily = rowCount < 500 ? 2 : 4;
  const counts = new Map<string, number>();
  return ranked
    .filter(({ candidate: { learner } }, rank) => {
      const count = counts.get(learner) ?? 0;
      counts.set(learner, count + 1);
      return rank < best || count < perFamily;
    })
    .map((evaluated) => ({ ...evaluated, predictions: predictionsOf(evaluated) }));
}

function mostMembers(rowCount: number): number {
  return rowCount < 500 ? 5 : rowCount < 5_000 ? 10 : 16;
}

function somePlaces(count: number, { problem, judge, seed }: ChoiceRequest): Int32Array {
  const all = Int32Array.from({ length: count }, (_, at) => at);
  const most = mostRows[isQuick(problem, judge) ? 'quick' : 'slow'];
  if (count <= most) return all;
  const random = randomNumbers(seed);
  return all.filter(() => random() < most / count);
}

function rowsOf(predictions: Float32Array, places: Int32Array, outputs: number): Float32Array {
  if (places.length * outputs === predictions.length) return predictions;
  const rows = new Float32Array(places.length * outputs);
  places.forEach((at, i) => {
    rows.set(predictions.subarray(at * outputs, (at + 1) * outputs), i * outputs);
  });
  return rows;
}

function predictionsOf({ predictions, trial }: Evaluated): Float32Array {
  if (predictions === null) throw new Error(`trial ${trial.number} has no predictions`);
  return predictions;
}

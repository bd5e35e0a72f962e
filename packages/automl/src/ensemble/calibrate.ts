// Calibration of the chosen classifier: where the metric is about how sure it is, a temperature fitted
// on the rows held out, kept only if it helps.
import { type Calibration, calibrate, fitTemperature, Matrix } from '@ridgeline/learn';
import { type Judge, taken } from '../evaluation/judge.ts';
import type { Session } from '../search/session.ts';
import type { Choice } from './choose-members.ts';

const aboutSureness: ReadonlySet<string> = new Set(['log_loss', 'brier_score', 'brier_score_loss']);

/** Whether the metric looks at how sure a classifier is, beyond what it puts first. */
export function isAboutSureness({ name }: Judge['metric']): boolean {
  return aboutSureness.has(name);
}

/** Rows held out that are all right ask for certainty, which the next mistake would refute. */
const leastTemperature = 0.5;

/** One number is fitted; fewer rows than this say little about it. */
const leastRows = 100;
const leastGain = 0.002;

export interface Calibrated {
  readonly choice: Choice;
  readonly calibration: Calibration;
}

type Held = Pick<Session, 'judge' | 'plan' | 'made'>;

/** Null where there is nothing to gain. */
export function calibrateChoice({ judge, plan, made }: Held, choice: Choice): Calibrated | null {
  const { judged } = plan;
  if (!isAboutSureness(judge.metric) || judged.length < leastRows) return null;
  const codes = [...(made.problem.classes ?? []).keys()];
  const labels = taken(made.problem.target, judged);
  const values = Float64Array.from(choice.predictions);
  const matrix = new Matrix(judged.length, judge.outputs, normalizedRows(values, judge.outputs));
  const calibration = bounded(fitTemperature(matrix, labels, codes));
  const corrected = matrix.values.slice();
  for (let at = 0; at < corrected.length; at += judge.outputs) {
    calibrate(calibration, corrected, at, judge.outputs);
  }
  const predictions = Float32Array.from(corrected);
  const loss = judge.loss(judged, predictions);
  if (!(loss < choice.loss - leastGain * Math.abs(choice.loss))) return null;
  return { calibration, choice: { ...choice, predictions, loss } };
}

function bounded(calibration: Calibration): Calibration {
  if (calibration.method !== 'temperature') return calibration;
  return { ...calibration, temperature: Math.max(leastTemperature, calibration.temperature) };
}

/** Each row divided by its sum, which float32 has left a little beside 1. */
function normalizedRows(values: Float64Array, outputs: number): Float64Array {
  for (let at = 0; at < values.length; at += outputs) {
    const sum = values.subarray(at, at + outputs).reduce((total, value) => total + value, 0);
    for (let k = 0; k < outputs; k++) values[at + k] /= sum;
  }
  return values;
}

// Columns that give the target away: copies of it, monotone functions of it, and any single column
// that predicts it almost alone.
import { rocCurve, spearmanCorrelation } from '@ridgeline/learn';
import type { Column } from '@ridgeline/tabular';
import type { Guardrail, GuardrailFinding } from '../report-types.ts';
import { evenly, groupsOf } from './column-codes.ts';
import { featureColumns, finding, type GuardrailInput, guardrail } from './guardrail.ts';
import { classesExplained, halvesOf, varianceExplained } from './single-column-score.ts';

/** From where on a score is too good to be true; a very good honest column reaches 0.95. */
const suspicious = 0.99;
const mostRows = 20_000;
/** Of all columns together, so that a wide table takes no longer than a long one. */
const mostCells = 5_000_000;
const fewestRows = 10;

/** Some rows of the training data, and their target: numbers, or codes of the classes. */
interface Sample {
  readonly rows: Int32Array;
  readonly target: Float64Array;
  readonly halves: Uint8Array;
  /** Null of a regression. */
  readonly classCount: number | null;
}

interface Suspicion {
  readonly what: string;
  readonly value: number;
}

export function leakage(input: GuardrailInput): Guardrail {
  const columns = featureColumns(input);
  const sample = sampleOf(input, columns.length);
  const findings = sample.rows.length < fewestRows ? [] : columns.flatMap(judged(sample));
  return guardrail('leakage', 'Columns that give the target away', findings);
}

function sampleOf(input: GuardrailInput, columnCount: number): Sample {
  const most = Math.max(500, Math.floor(mostCells / Math.max(1, columnCount)));
  const kept = evenly(input.targetRows.length, Math.min(mostRows, most));
  return {
    rows: kept.map((at) => input.targetRows[at]),
    target: Float64Array.from(kept, (at) => input.target[at]),
    halves: halvesOf(kept.length),
    classCount: input.classes?.length ?? null,
  };
}

function judged(sample: Sample): (column: Column) => readonly GuardrailFinding[] {
  return (column) => {
    const { name, type } = column;
    const byOrder = type === 'string' ? null : orderWith(column.values, sample);
    const suspicion = byOrder ?? groupsTell(column, sample);
    if (suspicion === null) return [];
    const advice = 'if it is not known when a prediction is made, drop it';
    return [
      finding('alerted', name, `column '${name}' ${suspicion.what}; ${advice}`, suspicion.value),
    ];
  };
}

/** Whether numbers are the target, or in the same (or the opposite) order. */
function orderWith(values: Float64Array, { rows, target, classCount }: Sample): Suspicion | null {
  const own = Float64Array.from(rows, (row) => values[row]);
  if (!own.every((value) => Number.isFinite(value))) return null;
  if (classCount === null) return numberOrder(own, target);
  return classCount === 2 ? classOrder(own, target) : null;
}

function numberOrder(own: Float64Array, target: Float64Array): Suspicion | null {
  if (own.every((value, i) => value === target[i]))
    return { what: 'is a copy of the target', value: 1 };
  const value = spearmanCorrelation(target, own);
  if (!(Math.abs(value) >= 0.9999)) return null;
  const what = `is in the same order as the target (rank correlation ${value.toFixed(4)})`;
  return { what, value };
}

function classOrder(own: Float64Array, target: Float64Array): Suspicion | null {
  const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(target, own);
  const area = x.reduce((sum, at, i) => {
    return i === 0 ? 0 : sum + ((at - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  }, 0);
  const value = Math.max(area, 1 - area);
  if (!(value >= suspicious)) return null;
  return { what: `tells the classes apart alone (AUC ${value.toFixed(3)})`, value };
}

function groupsTell(column: Column, sample: Sample): Suspicion | null {
  const { rows, target, halves, classCount } = sample;
  const groups = groupsOf(column, rows, Math.min(100, Math.floor(Math.sqrt(rows.length))));
  if (classCount === null) {
    const value = varianceExplained(groups, target, halves);
    if (value < suspicious) return null;
    return {
      what: `explains the target almost alone (R² ${value.toFixed(3)} by its groups)`,
      value,
    };
  }
  const value = classesExplained(groups, target, classCount, halves);
  if (value < suspicious) return null;
  const way = `${value.toFixed(3)} of the way from guessing to certainty`;
  return { what: `tells the class almost alone (${way})`, value };
}

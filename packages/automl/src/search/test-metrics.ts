// How the chosen model does on the test table, which the search has never looked at.
import { evaluateClassification, evaluateRegression, type TabularModel } from '@ridgeline/learn';
import { targetLike } from '../problem/target.ts';
import { weightsOf } from '../problem/weights.ts';
import type { Session } from './session.ts';

/** Null without a test table. */
export function testMetrics(
  { input, made, settings }: Session,
  model: TabularModel,
): ReadonlyMap<string, number> | null {
  if (input.test === undefined) return null;
  const target = targetLike(made.target, input.test);
  const table = input.test.takeRows(target.rows);
  const weights = weightsOf(table, settings.weightColumn);
  const options = weights === null ? {} : { weights };
  const { classes } = target;
  if (classes === null) {
    const predictions = model.predict(table) as Float64Array;
    return evaluateRegression(target.values, predictions, options);
  }
  const labels = Array.from(target.values, (code) => classes[code]);
  const positive = classes.find((label) => String(label) === settings.positiveLabel);
  return evaluateClassification(labels, model.predictProbabilities(table), classes, {
    ...options,
    ...(positive !== undefined && { positiveLabel: positive }),
  });
}

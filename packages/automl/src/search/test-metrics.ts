// How the chosen model does on the test table, which the search has never looked at. Where the time
// does not allow to predict all of its rows, a part of them is, and a note says so.
import { evaluateClassification, evaluateRegression, type TabularModel } from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';
import { randomNumbers } from '../evaluation/random-rows.ts';
import { type Target, targetLike } from '../problem/target.ts';
import { weightsOf } from '../problem/weights.ts';
import type { SearchNote } from './search-types.ts';
import type { Session } from './session.ts';

export interface TestMetrics {
  /** Null without a test table. */
  readonly values: ReadonlyMap<string, number> | null;
  readonly notes: readonly SearchNote[];
}

type Held = Pick<Session, 'input' | 'made' | 'settings' | 'budget'>;

/** Rows that the time of a prediction is measured on; fewer than so many are all predicted. */
const timedRows = 1_000;
const warmingRows = 200;

export function testMetrics(session: Held, model: TabularModel): TestMetrics {
  const { input, made, settings } = session;
  if (input.test === undefined) return { values: null, notes: [] };
  const known = targetLike(made.target, input.test);
  const count = affordableRows(session, model, input.test.takeRows(known.rows));
  if (count >= known.rows.length)
    return { values: metricsOf(session, model, input.test, known), notes: [] };
  const part = partOf(known, count, settings.seed);
  const message =
    `the metrics on the test data are of ${part.rows.length} of its ${known.rows.length} rows, chosen ` +
    'at random, as the time did not allow more; give a longer time budget, or evaluate the model again';
  const notes = [{ code: 'TEST_SAMPLED', column: null, message }];
  return { values: metricsOf(session, model, input.test, part), notes };
}

/** Of the table's rows, how many the model can predict in time. */
function affordableRows({ budget }: Held, model: TabularModel, table: Table): number {
  const { rowCount } = table;
  if (budget.totalMs === null || rowCount <= timedRows) return rowCount;
  const few = table.takeRows(Int32Array.from({ length: timedRows }, (_, row) => row));
  // The first call pays for what is compiled and cached.
  model.predict(few.takeRows(Int32Array.from({ length: warmingRows }, (_, row) => row)));
  const started = budget.elapsedMs;
  model.predict(few);
  const rowMs = (budget.elapsedMs - started) / timedRows;
  if (rowMs * rowCount <= budget.testMs) return rowCount;
  return Math.max(timedRows, Math.floor(budget.testMs / rowMs));
}

function partOf(target: Target, count: number, seed: number): Target {
  const random = randomNumbers(seed);
  const share = count / target.rows.length;
  const isKept = Array.from(target.rows, () => random() < share);
  return {
    ...target,
    rows: target.rows.filter((_, i) => isKept[i]),
    values: target.values.filter((_, i) => isKept[i]),
  };
}

function metricsOf({ settings }: Held, model: TabularModel, test: Table, target: Target) {
  const table = test.takeRows(target.rows);
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

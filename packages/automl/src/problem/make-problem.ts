// From tables and settings to the problem: rows without a target left out, columns encoded, weights
// checked, everything put into shared memory. What was decided on the way is told in notes.

import { FeatureMatrix, type FittedTableEncoder } from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';
import { counted } from '../counted.ts';
import { AutoMLError } from '../errors.ts';
import type { SearchInput, SearchNote } from '../search/search-types.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import { checkColumn } from './check-column.ts';
import { fitEncoder } from './fit-encoder.ts';
import type { Problem } from './problem.ts';
import { sharedFloat64 } from './shared-memory.ts';
import { splitFolds } from './split-columns.ts';
import { type Target, targetLike, targetOf } from './target.ts';
import { balancedWeights, weightsOf } from './weights.ts';

export interface MadeProblem {
  readonly problem: Problem;
  readonly target: Target;
  readonly encoder: FittedTableEncoder;
  /** The first rows of the problem are the training table's. */
  readonly trainCount: number;
  /** The table's row of each row of the problem: the training table's, then the validation table's. */
  readonly tableRows: Int32Array;
  readonly givenFolds: readonly Int32Array[];
  readonly notes: readonly SearchNote[];
}

const leastRows = 4;

/** Metrics in which every class has the same say, so that it must have it in the fits too. */
const byClass: ReadonlySet<string> = new Set([
  'norm_macro_recall',
  'balanced_accuracy',
  'recall_score_macro',
]);

/** @throws AutoMLError for what is wrong with the data, naming the column; LearnError, TabularError. */
export function makeProblem(input: SearchInput, settings: AutoMLSettings): MadeProblem {
  const task = settings.task === 'classification' ? 'classification' : 'regression';
  const notes: SearchNote[] = [];
  checkColumns(input.train, settings);
  const target = targetOf(input.train, settings.targetColumn, task);
  checkRows(target, input.train.rowCount, notes);
  const train = kept(input.train, target);
  const encoder = fitEncoder(train, settings, notes);
  const weights = weightsOf(train, settings.weightColumn);
  const givenFolds = splitFolds(train, settings.cvSplitColumns);
  const trainX = encoder.transform(train);
  const base = { task, classes: target.classes } as const;
  if (input.validation === undefined) {
    const problem = shared(trainX, target.values, weights, settings, base);
    const trainCount = train.rowCount;
    return { problem, target, encoder, trainCount, tableRows: target.rows, givenFolds, notes };
  }
  const other = targetLike(target, input.validation);
  const validation = kept(input.validation, other);
  const validWeights = weightsOf(validation, settings.weightColumn);
  const problem = shared(
    stacked(trainX, encoder.transform(validation)),
    joined(target.values, other.values),
    weights && validWeights && joined(weights, validWeights),
    settings,
    base,
  );
  const tableRows = Int32Array.from([...target.rows, ...other.rows]);
  return { problem, target, encoder, trainCount: train.rowCount, tableRows, givenFolds, notes };
}

function shared(
  x: FeatureMatrix,
  target: Float64Array,
  weights: Float64Array | null,
  { classWeight, primaryMetric }: AutoMLSettings,
  base: Pick<Problem, 'task' | 'classes'>,
): Problem {
  const columns = x.columns.map((column) => ({ ...column, values: sharedFloat64(column.values) }));
  const isBalanced = classWeight === 'balanced' || byClass.has(primaryMetric);
  const fitWeights =
    isBalanced && base.classes !== null
      ? balancedWeights(target, base.classes.length, weights)
      : weights;
  return {
    ...base,
    x: new FeatureMatrix(columns),
    target: sharedFloat64(target),
    fitWeights: fitWeights && sharedFloat64(fitWeights),
    metricWeights: weights && sharedFloat64(weights),
  };
}

function checkColumns(table: Table, settings: AutoMLSettings): void {
  const { targetColumn, weightColumn, cvSplitColumns, featurization } = settings;
  const named = [
    targetColumn,
    ...(weightColumn === null ? [] : [weightColumn]),
    ...cvSplitColumns,
    ...featurization.dropColumns,
    ...featurization.columnTypes.keys(),
  ];
  for (const name of named) checkColumn(table, name);
}

function checkRows(
  { name, rows, values, classes }: Target,
  all: number,
  notes: SearchNote[],
): void {
  if (rows.length < leastRows) {
    throw new AutoMLError(
      'DATA_TOO_SMALL',
      `${rows.length} rows have a target; a search needs at least ${leastRows}: give more rows`,
      { column: name },
    );
  }
  if (rows.length < all) {
    const message = `${all - rows.length} of ${all} rows have no target and are left out`;
    notes.push({ code: 'TARGET_MISSING', column: name, message });
  }
  const counts = (classes ?? []).map((_, code) => values.filter((each) => each === code).length);
  const rare = counts.findIndex((count) => count < 5);
  if (rare === -1) return;
  const message = `the class ${String(classes?.[rare])} has ${counted(counts[rare], 'row')}: too few to judge how well it is predicted`;
  notes.push({ code: 'CLASS_RARE', column: name, message });
}

function kept(table: Table, { rows }: Target): Table {
  return rows.length === table.rowCount ? table : table.takeRows(rows);
}

function stacked(above: FeatureMatrix, below: FeatureMatrix): FeatureMatrix {
  return new FeatureMatrix(
    above.columns.map((column, i) => {
      return { ...column, values: joined(column.values, below.columns[i].values) };
    }),
  );
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const all = sharedFloat64(new Float64Array(first.length + second.length));
  all.set(first);
  all.set(second, first.length);
  return all;
}

// Folds or a part held out: by the size of the data, the time there is, and what the caller asked for.
import { AutoMLError } from '../errors.ts';
import type { Problem } from '../problem/problem.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import { foldsOf, holdoutOf, type Plan, planOf } from './plan.ts';
import { mixSeed, shuffled } from './random-rows.ts';

export interface PlanRequest {
  readonly problem: Problem;
  /** The first rows of the problem are the training table's, the rest the validation table's. */
  readonly trainCount: number;
  /** Rows that each of the caller's folds judges; none where no columns say so. */
  readonly givenFolds: readonly Int32Array[];
  readonly settings: AutoMLSettings;
}

/** Below so many rows folds are cheap next to what they tell, whatever the time. */
const alwaysFolds = 2_000;
/** Rows times columns that are fitted more often than five times. */
const mostRepeatedCells = 40_000;
/** Rows times columns that one second of search can take in folds. */
const cellsASecond = 9_000;

/** @throws AutoMLError SPLIT_INVALID where a fold would be empty. */
export function choosePlan(request: PlanRequest): Plan {
  const { problem, trainCount, givenFolds, settings } = request;
  const rowCount = problem.target.length;
  if (rowCount > trainCount) return validationPlan(trainCount, rowCount, settings.seed);
  if (givenFolds.length > 0) return givenPlan(trainCount, givenFolds, settings.seed);
  const strata = strataOf(problem);
  const { crossValidations, validationSize, seed } = settings;
  if (typeof crossValidations === 'number') {
    if (crossValidations > trainCount) throw tooManyFolds(crossValidations, trainCount);
    return foldsOf(strata, { count: crossValidations, repeats: 1, seed });
  }
  if (validationSize !== null) return holdout(strata, validationSize * trainCount, seed);
  if (crossValidations === null && !affordsFolds(problem, settings)) {
    return holdout(strata, holdoutCount(trainCount), seed);
  }
  return foldsOf(strata, { ...foldCounts(problem.x, settings.timeBudgetSeconds), seed });
}

/** Many folds for few rows, as each row counts there, and several times over, as luck counts too. */
function foldCounts({ rowCount, columnCount }: Problem['x'], seconds: number | null) {
  if (rowCount < 20) return { count: Math.max(2, Math.floor(rowCount / 2)), repeats: 1 };
  if (rowCount * columnCount > mostRepeatedCells) return { count: 5, repeats: 1 };
  const hasTime = seconds !== null && seconds >= 40;
  if (rowCount < 500) return { count: hasTime ? 8 : 5, repeats: hasTime ? 3 : 2 };
  return { count: hasTime && rowCount < 3_000 ? 8 : 5, repeats: 1 };
}

function affordsFolds({ x }: Problem, { timeBudgetSeconds }: AutoMLSettings): boolean {
  if (x.rowCount <= alwaysFolds) return true;
  if (timeBudgetSeconds === null) return x.rowCount <= 50_000;
  return x.rowCount * (x.columnCount + 5) <= cellsASecond * 5 * timeBudgetSeconds;
}

/** AutoGluon's parts, but at least 2,500 and at most 20,000 rows where there are many. */
function holdoutCount(rowCount: number): number {
  if (rowCount < 25_000) return Math.max(500, 0.1 * rowCount);
  return Math.min(20_000, Math.max(2_500, 0.02 * rowCount));
}

function holdout(strata: Int32Array, validCount: number, seed: number): Plan {
  const plan = holdoutOf(strata, Math.min(validCount, strata.length / 2), seed);
  return checked(plan, 'validationSize');
}

/** Classes, or ten parts of the target by size, so that every fold has its share of each. */
function strataOf({ task, target }: Problem): Int32Array {
  if (task === 'classification') return Int32Array.from(target);
  const sorted = target.toSorted();
  const bounds = Array.from(
    { length: 9 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / 10)],
  );
  return Int32Array.from(target, (value) => bounds.filter((bound) => value >= bound).length);
}

function validationPlan(trainCount: number, rowCount: number, seed: number): Plan {
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  const train = shuffled(all.slice(0, trainCount), mixSeed(seed, 2));
  return planOf('given', [{ train, valid: all.slice(trainCount) }]);
}

function givenPlan(rowCount: number, givenFolds: readonly Int32Array[], seed: number): Plan {
  const folds = givenFolds.map((valid, fold) => {
    const held = new Set(valid);
    const all = Int32Array.from({ length: rowCount }, (_, row) => row);
    const train = shuffled(
      all.filter((row) => !held.has(row)),
      mixSeed(seed, fold),
    );
    return { train, valid };
  });
  return checked(planOf('given', folds), 'cvSplitColumns');
}

function checked(plan: Plan, setting: string): Plan {
  const empty = plan.folds.find(({ train, valid }) => train.length === 0 || valid.length === 0);
  if (empty === undefined) return plan;
  throw new AutoMLError(
    'SPLIT_INVALID',
    `${setting} leaves ${empty.train.length} rows to train on and ${empty.valid.length} to validate on; ` +
      'both need at least one row: give more rows or another split',
  );
}

function tooManyFolds(folds: number, rows: number): AutoMLError {
  return new AutoMLError(
    'SPLIT_INVALID',
    `crossValidations is ${folds}, and there are only ${rows} rows; give at most ${rows}`,
  );
}

// How the model is trained and measured. Knows tables and numbers, and nothing of the platform
// that it runs on: the step beside it does.

import { fileURLToPath } from 'node:url';
import {
  type FittedLinearModel,
  type Matrix,
  matrixFromTable,
  meanAbsoluteError,
  meanSquaredError,
  Ridge,
  type RidgeParameters,
  r2Score,
  rootMeanSquaredError,
  trainTestSplit,
} from '@ridgeline/learn';
import { assertNoFindings, checkMissingValues, readTable, type Table } from '@ridgeline/tabular';

/** The column to predict; every other column is a feature. */
export const targetColumn = 'Y';

export interface Samples {
  /** One row a sample, one column a feature. */
  readonly x: Matrix;
  /** The target of each row. */
  readonly y: Float64Array;
}

export interface SplitData {
  readonly featureNames: readonly string[];
  readonly train: Samples;
  readonly test: Samples;
}

/**
 * Reads the data to train on.
 * @throws COLUMN_NOT_FOUND without the target column, DATA_CHECK_FAILED with missing values.
 */
export async function readTrainingData(path: string): Promise<Table> {
  const table = await readTable(path);
  table.column(targetColumn);
  assertNoFindings(checkMissingValues(table));
  return table;
}

/** A fifth of the rows is kept for testing; the same rows each time. */
export function splitData(table: Table): SplitData {
  const featureNames = table.columnNames.filter((name) => name !== targetColumn);
  const rows = trainTestSplit(table.rowCount, { testSize: 0.2, randomState: 0 });
  const samples = (indices: Int32Array): Samples => {
    const part = table.takeRows(indices);
    return { x: matrixFromTable(part, featureNames), y: part.numbers(targetColumn) };
  };
  return { featureNames, train: samples(rows.train), test: samples(rows.test) };
}

export function trainModel(
  { train }: Pick<SplitData, 'train'>,
  parameters: Partial<RidgeParameters>,
): FittedLinearModel {
  return new Ridge(parameters).fit(train.x, train.y);
}

/** How well the model predicts the test rows, by the names that parameters.json may choose from. */
export function getModelMetrics(
  model: Pick<FittedLinearModel, 'predict'>,
  { test }: Pick<SplitData, 'test'>,
) {
  const predicted = model.predict(test.x);
  return {
    mse: meanSquaredError(test.y, predicted),
    rmse: rootMeanSquaredError(test.y, predicted),
    mae: meanAbsoluteError(test.y, predicted),
    r2: r2Score(test.y, predicted),
  };
}

/** Trains on the data of this project, to try this file on its own. */
async function main(): Promise<void> {
  const file = fileURLToPath(new URL('../data/diabetes.csv', import.meta.url));
  const data = splitData(await readTrainingData(file));
  const parameters = { alpha: 0.5 };
  console.log(`Training on ${data.train.y.length} rows with ${JSON.stringify(parameters)}`);
  console.log('Metrics:', getModelMetrics(trainModel(data, parameters), data));
}

if (import.meta.main) await main();

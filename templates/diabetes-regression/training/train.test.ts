import { fileURLToPath } from 'node:url';
import { Matrix, matrixFromRows } from '@ridgeline/learn';
import { describe, expect, it } from 'vitest';
import { getModelMetrics, readTrainingData, splitData, trainModel } from './train.ts';

const trainingFile = fileURLToPath(new URL('../data/diabetes.csv', import.meta.url));

describe('trainModel', () => {
  it('fits a ridge regression with the parameters given', () => {
    const x = matrixFromRows([[1], [2], [3], [4], [5], [6]]);
    const y = Float64Array.of(10, 9, 8, 8, 6, 5);
    const model = trainModel({ train: { x, y } }, { alpha: 1.2 });
    const [first, second] = model.predict(matrixFromRows([[1], [2]]));
    expect(first).toBeCloseTo(9.93939393939394, 12);
    expect(second).toBeCloseTo(9.03030303030303, 12);
  });
});

describe('getModelMetrics', () => {
  // The predictions of the model above for 3 and 4, in full and as they are often written down:
  // the mean squared error known of them belongs to the former, so the latter agree less closely.
  it.each([
    [8.121212121212121, 7.212121212121212, 15],
    [8.12121212, 7.21212121, 8],
  ])('measures the predictions %d and %d for the test rows', (first, second, digits) => {
    const model = { predict: () => Float64Array.of(first, second) };
    const test = { x: new Matrix(2, 1, Float64Array.of(3, 4)), y: Float64Array.of(8, 7) };
    expect(getModelMetrics(model, { test }).mse).toBeCloseTo(0.029843893480257067, digits);
  });
});

describe('splitData', () => {
  it('keeps a fifth of the rows for testing, and the target out of the features', async () => {
    const { featureNames, train, test } = splitData(await readTrainingData(trainingFile));
    expect(featureNames).toEqual(['AGE', 'SEX', 'BMI', 'BP', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6']);
    expect([train.x.rowCount, test.x.rowCount]).toEqual([353, 89]);
    expect([train.y.length, test.y.length]).toEqual([353, 89]);
  });
});

it('the model of the sample data has the error that is known of it', async () => {
  const data = splitData(await readTrainingData(trainingFile));
  const metrics = getModelMetrics(trainModel(data, { alpha: 0.5 }), data);
  expect(metrics.mse).toBeCloseTo(3298.8856, 4);
});

// The facts that the project is held to, each computed by scikit-learn for the same data.

import { describe, expect, it } from 'vitest';
import { diabetes } from '../test/reference-data.ts';
import { matrixFromRows, meanSquaredError, Ridge, trainTestSplit } from './index.ts';

describe('the facts of the lifecycle', () => {
  it('Ridge with alpha 1.2 predicts 9.93939393939394 and 9.03030303030303 for 1 and 2', () => {
    const x = matrixFromRows([[1], [2], [3], [4], [5], [6]]);
    const model = new Ridge({ alpha: 1.2 }).fit(x, [10, 9, 8, 8, 6, 5]);
    const [first, second] = model.predict(matrixFromRows([[1], [2]]));
    expect(first).toBeCloseTo(9.93939393939394, 13);
    expect(second).toBeCloseTo(9.03030303030303, 13);
  });

  it('the mse of its predictions for 3 and 4, against 8 and 7, is 0.029843893480257067', () => {
    const x = matrixFromRows([[1], [2], [3], [4], [5], [6]]);
    const model = new Ridge({ alpha: 1.2 }).fit(x, [10, 9, 8, 8, 6, 5]);
    const predicted = model.predict(matrixFromRows([[3], [4]]));
    expect(meanSquaredError([8, 7], predicted)).toBeCloseTo(0.029843893480257067, 15);
  });

  it('Ridge with alpha 0.5 has mse 3298.8856 on the diabetes data at test size 0.2, state 0', () => {
    const x = matrixFromRows(diabetes.x);
    const y = Float64Array.from(diabetes.y);
    const { train, test } = trainTestSplit(x.rowCount, { testSize: 0.2, randomState: 0 });
    const yOf = (rows: Int32Array) => Array.from(rows, (row) => y[row]);
    const model = new Ridge({ alpha: 0.5 }).fit(x.takeRows(train), yOf(train));
    const mse = meanSquaredError(yOf(test), model.predict(x.takeRows(test)));
    expect(mse.toFixed(4)).toBe('3298.8856');
  });
});

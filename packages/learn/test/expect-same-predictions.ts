// Holds the predictions of an exported model against the native ones.
import type { Table } from '@ridgeline/tabular';
import { expect } from 'vitest';
import type { TabularModel } from '../src/tabular-model/tabular-model.ts';
import { runOnnx } from './run-onnx.ts';

/** What float32 keeps of a number, and a sum of them loses again. */
const relative = 2e-6;

export async function expectSamePredictions(model: TabularModel, table: Table): Promise<void> {
  const outputs = await runOnnx(model, table);
  if (model.classes === null) {
    expectNear(outputs.get('variable'), model.model.predict(model.encoder.transform(table)));
    return;
  }
  const native = model.predictProbabilities(table);
  expectNear(outputs.get('probabilities'), native.values, 1);
  const labels = model.predict(table);
  const given = outputs.get('label') ?? [];
  expect(given.length).toBe(table.rowCount);
  given.forEach((label, row) => {
    const { columnCount } = native;
    if (hasTie(native.values.subarray(row * columnCount, (row + 1) * columnCount))) return;
    expect(label).toBe(labels[row]);
  });
}

function expectNear(given: readonly unknown[] | undefined, native: ArrayLike<unknown>, scale = 0) {
  expect(given?.length).toBe(native.length);
  const numbers = Array.from(native, Number);
  const largest = numbers.reduce((max, value) => Math.max(max, Math.abs(value)), scale);
  given?.forEach((value, i) => {
    expect(Math.abs(Number(value) - numbers[i]) / (largest || 1)).toBeLessThan(relative);
  });
}

function hasTie(probabilities: Float64Array): boolean {
  const [first = 0, second = 0] = [...probabilities].sort((a, b) => b - a);
  return first - second < 1e-5;
}

// How a metric's value is stored, which is MLflow's way: no column then holds a NaN, which databases
// order differently, or an infinity, which not all of them take.
import type { Metric } from './run.ts';

export interface StoredValue {
  readonly value: number;
  readonly is_nan: boolean;
}

export function toStoredValue(value: number): StoredValue {
  if (Number.isNaN(value)) return { value: 0, is_nan: true };
  const finite = Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
  return { value: finite, is_nan: false };
}

export interface StoredPoint {
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly is_nan: boolean | 0 | 1;
}

export interface StoredMetric extends StoredPoint {
  readonly key: string;
}

export function toMetric({ key, value, timestamp, step, is_nan }: StoredMetric): Metric {
  return { key, value: is_nan ? Number.NaN : value, timestamp, step };
}

/** True when `a` counts as the value of the metric rather than `b`, whatever came first. */
export function isLater(a: StoredPoint, b: StoredPoint): boolean {
  if (a.step !== b.step) return a.step > b.step;
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp;
  return a.value > b.value;
}

/** The order of histories; 0 for the same point twice. */
export function comparePoints(a: StoredPoint, b: StoredPoint): number {
  return (
    a.timestamp - b.timestamp ||
    a.step - b.step ||
    a.value - b.value ||
    Number(a.is_nan) - Number(b.is_nan)
  );
}

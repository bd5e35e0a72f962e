// Numbers and key-value lists between MLflow's wire and code.

import type { MlflowMetric, MlflowTag, WireNumber } from './mlflow-run.ts';

/** JSON has no word for NaN and the infinities, so these travel as text. */
export function toWireNumber(value: number): WireNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

export function fromWireNumber(value: WireNumber): number {
  return Number(value);
}

/** A list of keys and texts as a map; of equal keys the last wins. */
export function toMap(pairs: readonly MlflowTag[] | undefined): ReadonlyMap<string, string> {
  return new Map((pairs ?? []).map(({ key, value }) => [key, value]));
}

/** What a person wrote as an object, as a list of keys and texts. */
export function toPairs(values: Readonly<Record<string, unknown>> | undefined): MlflowTag[] {
  return Object.entries(values ?? {}).map(([key, value]) => ({ key, value: String(value) }));
}

/** The newest observation of a metric: the greatest step, then the latest time. */
export function latestMetric(
  metrics: readonly MlflowMetric[] | undefined,
  key: string,
): number | null {
  const observed = (metrics ?? []).filter((metric) => metric.key === key);
  const newest = observed.sort((a, b) => a.step - b.step || a.timestamp - b.timestamp).at(-1);
  return newest === undefined ? null : fromWireNumber(newest.value);
}

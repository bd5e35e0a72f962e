// Params and tags as callers hand them in, and as the tables and MLflow's JSON have them.
import { invalid } from './checks/check-text.ts';

/** One param or tag, in MLflow's shape. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** Pairs in MLflow's shape, or an object of them. */
export type KeyValues = Readonly<Record<string, string>> | readonly KeyValue[];

/** @throws RidgelineError INVALID_PARAMETER_VALUE where it is neither of the two shapes. */
export function toPairs(label: string, values: KeyValues | undefined): readonly KeyValue[] {
  if (values === undefined) return [];
  if (isPairs(values)) {
    if (values.every(isObject)) return values;
    throw invalid(`each of the ${label} must be an object with a key and a value`);
  }
  if (!isObject(values)) throw invalid(`${label} must be an object, or an array of key and value`);
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

/** The pairs with each key once; of pairs with the same key the last one stays. */
export function lastOfEachKey(pairs: readonly KeyValue[]): readonly KeyValue[] {
  return [...new Map(pairs.map((pair) => [pair.key, pair])).values()];
}

function isPairs(values: KeyValues): values is readonly KeyValue[] {
  return Array.isArray(values);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

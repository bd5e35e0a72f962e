// From features, target and parameters to what trees are grown from. Done once a fit, or once for many
// workers.

import { asFeatureMatrix, type FeatureColumn, type Features } from '../matrix/feature-matrix.ts';
import { binCategories, type OrderTarget } from './category-bins.ts';
import { binNumbers, type ColumnBins } from './column-bins.ts';
import type { Criterion, ForestData, ForestSettings } from './forest-data.ts';
import { type ForestTarget, orderTarget } from './forest-target.ts';

/** A forest that can be grown in parts, anywhere: plain data. */
export interface ForestPlan {
  readonly data: ForestData;
  readonly settings: ForestSettings;
}

/** The resolved parameters of any forest; those that a single tree lacks are fixed by its estimator. */
export interface ForestParameterValues {
  readonly nEstimators: number;
  readonly criterion: string;
  readonly maxDepth: number | null;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  readonly maxFeatures: string;
  readonly maxFeaturesShare: number;
  readonly bootstrap: boolean;
  readonly maxSamples: number;
  readonly randomState: number;
}

export function prepareForest(
  x: Features,
  target: ForestTarget,
  parameters: ForestParameterValues,
  randomThresholds: boolean,
): ForestPlan {
  const data = { ...target, ...binColumns(x, orderTarget(target)) };
  return { data, settings: settingsOf(data, parameters, randomThresholds) };
}

function binColumns(x: Features, order: OrderTarget) {
  const { columns, rowCount, columnCount } = asFeatureMatrix(x);
  const bins = new Uint8Array(rowCount * columnCount);
  const binned = columns.map((column, j) => {
    return binColumn(column, order, bins.subarray(j * rowCount, (j + 1) * rowCount));
  });
  return { rowCount, columnCount, bins, columns: binned };
}

function binColumn(column: FeatureColumn, order: OrderTarget, codes: Uint8Array): ColumnBins {
  if (column.kind === 'numeric') return binNumbers(column.values, codes);
  return binCategories(column.values, column.levelCount, order, codes);
}

function settingsOf(
  { rowCount, columnCount, weights }: ForestData,
  parameters: ForestParameterValues,
  randomThresholds: boolean,
): ForestSettings {
  const drawable = weights === null ? rowCount : weights.filter((weight) => weight > 0).length;
  return {
    treeCount: parameters.nEstimators,
    criterion: parameters.criterion as Criterion,
    maxDepth: parameters.maxDepth,
    minSamplesSplit: parameters.minSamplesSplit,
    minSamplesLeaf: parameters.minSamplesLeaf,
    columnsPerNode: columnsPerNode(columnCount, parameters),
    randomThresholds,
    bootstrap: parameters.bootstrap,
    bagSize: Math.max(1, Math.round(parameters.maxSamples * drawable)),
    seed: parameters.randomState,
  };
}

function columnsPerNode(count: number, parameters: ForestParameterValues): number {
  const { maxFeatures, maxFeaturesShare } = parameters;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(count)));
  if (maxFeatures === 'log2') return Math.max(1, Math.floor(Math.log2(count)));
  return Math.max(1, Math.floor(maxFeaturesShare * count));
}

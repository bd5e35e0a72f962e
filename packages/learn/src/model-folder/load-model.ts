// Loads a model folder, taking its files for hostile: they are read within limits, checked field by
// field, and never run.

import { join } from 'node:path';
import type { Cell } from '@ridgeline/tabular';
import type { EncodableTable } from '../encode/fitted-table-encoder.ts';
import { LearnError } from '../errors.ts';
import type { FittedModel, Label } from '../estimator/estimator.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { TabularModel } from '../tabular-model/tabular-model.ts';
import { readBoundedText } from './bounded-file.ts';
import { type Mlmodel, readMlmodel } from './mlmodel-reader.ts';
import { type ModelInfo, mlmodelFileName } from './model-info.ts';
import { readNativeModel } from './native-model.ts';
import { predictMatrix } from './predict-matrix.ts';
import { predictRows } from './predict-rows.ts';

/** Enough for the signature of a hundred thousand columns. */
const mlmodelLimitBytes = 16 * 1024 * 1024;

export interface LoadedModel {
  readonly info: ModelInfo;
  /** The whole model, from raw columns on. */
  readonly tabular: TabularModel;
  /** Its learner, which takes the features that `tabular.encoder` makes. */
  readonly model: FittedModel;
  /**
   * One prediction a row of `x`, whose columns are those of `info.signature.inputs`, in that order.
   * @throws LearnError SHAPE_MISMATCH; MODEL_NOT_NUMERIC for a model with columns of text or labels.
   */
  predict(x: Matrix): Float64Array;
  /**
   * One number or label a row; columns are found by name.
   * @throws TabularError COLUMN_NOT_FOUND; LearnError DATA_EMPTY, DATA_TYPE_MISMATCH, DATA_NOT_FINITE.
   */
  predictTable(table: EncodableTable): Float64Array | readonly Label[];
  /**
   * One number or label a row of cells, one a column of `tabular.inputs`; null where missing.
   * @throws LearnError SHAPE_MISMATCH, DATA_TYPE_MISMATCH, DATA_NOT_FINITE naming the row.
   */
  predictRows(rows: readonly (readonly Cell[])[]): readonly Label[];
}

/**
 * @throws LearnError MODEL_NOT_FOUND, MODEL_FLAVOR_NOT_SUPPORTED, MODEL_FORMAT_NOT_SUPPORTED,
 * MODEL_ESTIMATOR_UNKNOWN, MODEL_TOO_LARGE (MLmodel above 16 MiB, the model above 256 MiB), MODEL_INVALID.
 */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const { modelFile, ...info } = await readModelInfo(folder);
  const tabular = await readNativeModel(join(folder, modelFile), info);
  return {
    info,
    tabular,
    model: tabular.model,
    predict: (x) => predictMatrix(tabular, x),
    predictTable: (table) => tabular.predict(table),
    predictRows: (rows) => predictRows(tabular, rows),
  };
}

/** What MLmodel says. @throws LearnError MODEL_NOT_FOUND, MODEL_INVALID, MODEL_FLAVOR_NOT_SUPPORTED. */
export async function readModelInfo(folder: string): Promise<Mlmodel> {
  const mlmodelPath = join(folder, mlmodelFileName);
  const text = await readBoundedText(mlmodelPath, mlmodelLimitBytes);
  if (text === null) {
    throw new LearnError(
      'MODEL_NOT_FOUND',
      `there is no model in '${folder}': it has no file ${mlmodelFileName}; give the folder that saveModel wrote`,
    );
  }
  return readMlmodel(text, mlmodelPath);
}

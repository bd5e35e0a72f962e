// Saves a fitted model as a folder in MLflow's format: MLmodel, model.json and, if given, an example
// of its input. The files hold data only.

import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LearnError } from '../errors.ts';
import type { FittedLinearModel } from '../linear/fitted-linear-model.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { createFolder, replaceFolder } from './atomic-folder.ts';
import { writeMlmodel } from './mlmodel-writer.ts';
import {
  flavorVersion,
  inputExampleFileName,
  type ModelInfo,
  mlmodelFileName,
  modelFileName,
  modelFormatVersion,
  type SignatureColumn,
} from './model-info.ts';

export interface SaveModelOptions {
  readonly model: FittedLinearModel;
  /** The feature columns, in the order of the matrix that the model was fitted on; no name twice. */
  readonly columnNames: readonly string[];
  /** The column that the model predicts. */
  readonly targetName: string;
  /** A few rows of input to keep with the model, each with one number a feature column. */
  readonly inputExample?: readonly (readonly number[])[];
  /** The run that made the model. */
  readonly runId?: string;
  /** Where in the run's artifacts the folder will be. */
  readonly artifactPath?: string;
  /** Whether to take the place of a model that is there already. Default false. */
  readonly overwrite?: boolean;
  /** Default: the system's clock. */
  readonly clock?: () => Date;
  /** Default: a random UUID. */
  readonly newUuid?: () => string;
}

/**
 * Saves the model as `folder`: whole, or not at all. The folder may exist if it is empty.
 * @throws LearnError SHAPE_MISMATCH when names or example do not fit the model, PARAMETER_INVALID for
 * a doubled or empty name, DATA_NOT_FINITE and others for the example, MODEL_EXISTS.
 */
export async function saveModel(folder: string, options: SaveModelOptions): Promise<ModelInfo> {
  checkNames(options);
  const info = describe(options);
  const target = { folder: resolve(folder), files: filesOf(options, info), unique: info.uuid };
  const saved =
    options.overwrite && (await isModelFolder(target.folder))
      ? await replaceFolder(target).then(() => true)
      : await createFolder(target);
  if (!saved) {
    const advice = options.overwrite
      ? 'it is no model folder'
      : 'pass overwrite: true to replace a model';
    throw new LearnError(
      'MODEL_EXISTS',
      `'${folder}' exists already and is left as it is; ${advice}`,
    );
  }
  return info;
}

function describe(options: SaveModelOptions): ModelInfo {
  return {
    uuid: (options.newUuid ?? randomUUID)().replaceAll('-', ''),
    createdAt: (options.clock?.() ?? new Date()).toISOString(),
    runId: options.runId ?? null,
    artifactPath: options.artifactPath ?? null,
    estimator: options.model.estimator,
    flavorVersion,
    signature: {
      inputs: options.columnNames.map(asDouble),
      outputs: [asDouble(options.targetName)],
    },
    inputExampleFile: options.inputExample === undefined ? null : inputExampleFileName,
  };
}

function filesOf(options: SaveModelOptions, info: ModelInfo): ReadonlyMap<string, string> {
  const model = { formatVersion: modelFormatVersion, ...options.model.toJSON() };
  const files = new Map([
    [mlmodelFileName, writeMlmodel(info)],
    [modelFileName, `${JSON.stringify(model)}\n`],
  ]);
  if (options.inputExample !== undefined) {
    checkExample(options, options.inputExample);
    const example = { columns: options.columnNames, data: options.inputExample };
    files.set(inputExampleFileName, `${JSON.stringify(example)}\n`);
  }
  return files;
}

function checkNames({ model, columnNames, targetName }: SaveModelOptions): void {
  if (columnNames.length !== model.columnCount) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `there are ${columnNames.length} column names, and the model was fitted on ${model.columnCount} columns`,
    );
  }
  const doubled = columnNames.find((name, i) => columnNames.indexOf(name) !== i);
  if (doubled !== undefined) {
    throw new LearnError('PARAMETER_INVALID', `the column name '${doubled}' is there twice`);
  }
  if (targetName === '' || columnNames.includes('')) {
    throw new LearnError('PARAMETER_INVALID', 'a column name is empty; give every column a name');
  }
}

function checkExample({ model }: SaveModelOptions, rows: readonly (readonly number[])[]): void {
  const { columnCount } = matrixFromRows(rows);
  if (columnCount !== model.columnCount) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `the input example has ${columnCount} columns, and the model was fitted on ${model.columnCount}`,
    );
  }
}

/** Only a model folder is ever replaced, so that a mistyped path cannot remove anything else. */
async function isModelFolder(folder: string): Promise<boolean> {
  return await access(join(folder, mlmodelFileName)).then(
    () => true,
    () => false,
  );
}

function asDouble(name: string): SignatureColumn {
  return { name, type: 'double' };
}

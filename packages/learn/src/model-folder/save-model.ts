// Saves a fitted model as a folder in MLflow's format: MLmodel, the native model.json, the ONNX model
// with the files of its Python environment and, if given, an example of its input. All are data only.

import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LearnError } from '../errors.ts';
import { type ExportedOnnx, exportOnnx } from '../onnx/export-onnx.ts';
import { createFolder, replaceFolder } from './atomic-folder.ts';
import { exampleOf } from './input-example.ts';
import { writeMlmodel } from './mlmodel-writer.ts';
import {
  flavorVersion,
  inputExampleFileName,
  type ModelInfo,
  mlmodelFileName,
  modelFileName,
  modelLimitBytes,
  onnxFileName,
} from './model-info.ts';
import { modelToSave, type NumericModelToSave, type TabularModelToSave } from './model-to-save.ts';
import { pythonEnvironmentFiles } from './python-environment.ts';
import { signatureOf } from './signature-of-model.ts';

/** A whole model, or a learner of numbers with the names of its columns; and how to save it. */
export type SaveModelOptions = (TabularModelToSave | NumericModelToSave) & SaveSettings;

export interface SaveSettings {
  /** Whether to write the ONNX flavor too, where the model has a form in ONNX. Default true. */
  readonly onnx?: boolean;
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
 * a doubled or empty name, DATA_NOT_FINITE and others for the example, MODEL_EXISTS, MODEL_TOO_LARGE.
 */
export async function saveModel(folder: string, options: SaveModelOptions): Promise<ModelInfo> {
  const { info, files } = filesOf(options);
  await writeFolder(folder, { info, files }, options.overwrite ?? false);
  return info;
}

/** A model with the native flavor alone. @throws LearnError MODEL_EXISTS. */
export async function writeModelFolder(
  folder: string,
  model: { readonly info: ModelInfo; readonly native: string; readonly overwrite: boolean },
): Promise<void> {
  const { info, native, overwrite } = model;
  const files = new Map([
    [mlmodelFileName, writeMlmodel(info)],
    [modelFileName, native],
  ]);
  await writeFolder(folder, { info, files }, overwrite);
}

async function writeFolder(
  folder: string,
  { info, files }: ModelFiles,
  overwrite: boolean,
): Promise<void> {
  const target = { folder: resolve(folder), files, unique: info.uuid };
  const saved =
    overwrite && (await isModelFolder(target.folder))
      ? await replaceFolder(target).then(() => true)
      : await createFolder(target);
  if (!saved) {
    const advice = overwrite ? 'it is no model folder' : 'pass overwrite: true to replace a model';
    throw new LearnError(
      'MODEL_EXISTS',
      `'${folder}' exists already and is left as it is; ${advice}`,
    );
  }
}

interface ModelFiles {
  readonly info: ModelInfo;
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

function filesOf(options: SaveModelOptions): ModelFiles {
  const { model, estimator, nativeJson } = modelToSave(options);
  const example = exampleOf(model, options.inputExample);
  const { onnx, note } = onnxOf(model, options.onnx ?? true);
  const info: ModelInfo = {
    uuid: (options.newUuid ?? randomUUID)().replaceAll('-', ''),
    createdAt: (options.clock?.() ?? new Date()).toISOString(),
    runId: options.runId ?? null,
    artifactPath: options.artifactPath ?? null,
    estimator,
    flavorVersion,
    signature: signatureOf(model, onnx?.outputs ?? []),
    inputExampleFile: example === null ? null : inputExampleFileName,
    onnxFile: onnx === null ? null : onnxFileName,
    onnxNote: note,
  };
  const files = new Map<string, string | Uint8Array>([
    [mlmodelFileName, writeMlmodel(info)],
    [modelFileName, nativeText(nativeJson)],
  ]);
  if (example !== null) files.set(inputExampleFileName, `${JSON.stringify(example)}\n`);
  if (onnx === null) return { info, files };
  for (const [name, text] of pythonEnvironmentFiles()) files.set(name, text);
  return { info, files: files.set(onnxFileName, onnx.bytes) };
}

/** @throws LearnError MODEL_TOO_LARGE, before anything is written that could not be read again. */
export function nativeText(json: object): string {
  const text = stringifyWithinLimit(json);
  // The text is ASCII but for the names and levels of the data.
  if (text !== null && text.length < modelLimitBytes && Buffer.byteLength(text) < modelLimitBytes) {
    return `${text}\n`;
  }
  throw new LearnError(
    'MODEL_TOO_LARGE',
    `the model needs more than the ${modelLimitBytes} bytes that ${modelFileName} may have; ` +
      'fit fewer or smaller trees, or a learner that does not keep the rows of training',
  );
}

/** Null beyond the longest text that the engine can hold. */
function stringifyWithinLimit(json: object): string | null {
  try {
    return JSON.stringify(json);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function onnxOf(
  model: Parameters<typeof exportOnnx>[0],
  isWanted: boolean,
): { readonly onnx: ExportedOnnx | null; readonly note: string | null } {
  if (!isWanted) return { onnx: null, note: null };
  const options = { probabilities: 'columns', producerVersion: flavorVersion } as const;
  const onnx = exportOnnx(model, options);
  return onnx.bytes === null ? { onnx: null, note: onnx.reason } : { onnx, note: null };
}

/** Only a model folder is ever replaced, so that a mistyped path cannot remove anything else. */
async function isModelFolder(folder: string): Promise<boolean> {
  return await access(join(folder, mlmodelFileName)).then(
    () => true,
    () => false,
  );
}

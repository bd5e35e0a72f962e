// Loads a model folder, taking its files for hostile: they are read within limits, checked field by
// field, and never run.

import { join } from 'node:path';
import { LearnError } from '../errors.ts';
import { FittedLinearModel } from '../linear/fitted-linear-model.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { readBoundedText } from './bounded-file.ts';
import { type Mlmodel, readMlmodel } from './mlmodel-reader.ts';
import { type ModelInfo, mlmodelFileName, modelFormatVersion } from './model-info.ts';
import { invalidModel } from './model-invalid.ts';

const mlmodelLimitBytes = 1024 * 1024;
const modelLimitBytes = 64 * 1024 * 1024;

export interface LoadedModel {
  readonly info: ModelInfo;
  readonly model: FittedLinearModel;
  /**
   * One prediction a row of `x`, whose columns are those of `info.signature.inputs`, in that order.
   * @throws LearnError SHAPE_MISMATCH.
   */
  predict(x: Matrix): Float64Array;
}

/**
 * @throws LearnError MODEL_NOT_FOUND, MODEL_FLAVOR_NOT_SUPPORTED, MODEL_FORMAT_NOT_SUPPORTED,
 * MODEL_ESTIMATOR_UNKNOWN, MODEL_TOO_LARGE (MLmodel above 1 MiB, the model above 64 MiB), MODEL_INVALID.
 */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const mlmodelPath = join(folder, mlmodelFileName);
  const text = await readBoundedText(mlmodelPath, mlmodelLimitBytes);
  if (text === null) {
    throw new LearnError(
      'MODEL_NOT_FOUND',
      `there is no model in '${folder}': it has no file ${mlmodelFileName}; give the folder that saveModel wrote`,
    );
  }
  const mlmodel = readMlmodel(text, mlmodelPath);
  const modelPath = join(folder, mlmodel.modelFile);
  const model = await readModel(modelPath);
  checkAgreement(mlmodel, model, modelPath);
  const { modelFile: _, ...info } = mlmodel;
  return {
    info: { ...info, estimator: model.estimator },
    model,
    predict: (x) => model.predict(x),
  };
}

async function readModel(path: string): Promise<FittedLinearModel> {
  const text = await readBoundedText(path, modelLimitBytes);
  if (text === null) throw invalidModel(path, 'it is missing');
  const content = parseJson(text, path);
  const { formatVersion } = Object(content) as Record<string, unknown>;
  if (typeof formatVersion !== 'number') throw invalidModel(path, "it has no 'formatVersion'");
  if (formatVersion !== modelFormatVersion) {
    throw new LearnError(
      'MODEL_FORMAT_NOT_SUPPORTED',
      `${path} has format version ${formatVersion}, and this version reads ${modelFormatVersion} only; ` +
        'load it with the version that saved it, or save the model again',
    );
  }
  return FittedLinearModel.fromJSON(content);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidModel(path, 'it is not JSON', { cause });
  }
}

function checkAgreement(mlmodel: Mlmodel, model: FittedLinearModel, path: string): void {
  const expected = mlmodel.signature.inputs.length;
  if (model.columnCount !== expected) {
    throw invalidModel(
      path,
      `it has ${model.columnCount} coefficients, and the signature in ${mlmodelFileName} has ${expected} inputs`,
    );
  }
  if (model.estimator !== mlmodel.estimator) {
    throw invalidModel(path, `its estimator is not the one that ${mlmodelFileName} names`);
  }
}

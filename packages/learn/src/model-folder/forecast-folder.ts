// Saves a forecast as a model folder and loads it again. Its only flavor is the native one: what goes on
// from the past of series has no form in ONNX, which MLmodel says.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { LearnError } from '../errors.ts';
import type { ForecastModel } from '../forecasting/forecast-model.ts';
import { readForecastModel } from '../forecasting/read-forecast-model.ts';
import { sentType } from '../onnx/raw-input.ts';
import { readBoundedText } from './bounded-file.ts';
import { readModelInfo } from './load-model.ts';
import {
  flavorVersion,
  forecastEstimator,
  forecastFormatVersion,
  type ModelInfo,
  modelLimitBytes,
} from './model-info.ts';
import { invalidModel } from './model-invalid.ts';
import { parseJson } from './native-model.ts';
import { nativeText, type SaveSettings, writeModelFolder } from './save-model.ts';

export type SaveForecastOptions = Omit<SaveSettings, 'onnx'> & { readonly model: ForecastModel };

/**
 * Saves the forecast as `folder`: whole, or not at all. The folder may exist if it is empty.
 * @throws LearnError MODEL_EXISTS, MODEL_TOO_LARGE.
 */
export async function saveForecastModel(
  folder: string,
  options: SaveForecastOptions,
): Promise<ModelInfo> {
  const { model } = options;
  const info: ModelInfo = {
    uuid: (options.newUuid ?? randomUUID)().replaceAll('-', ''),
    createdAt: (options.clock?.() ?? new Date()).toISOString(),
    runId: options.runId ?? null,
    artifactPath: options.artifactPath ?? null,
    estimator: forecastEstimator,
    flavorVersion,
    signature: {
      inputs: model.inputs.map((input) => {
        return { name: input.name, type: sentType(input), required: input.required };
      }),
      outputs: [{ name: model.targetName, type: 'double', required: true }],
    },
    inputExampleFile: null,
    onnxFile: null,
    onnxNote: 'a forecast goes on from the past of its series, which has no form in ONNX',
  };
  const native = nativeText({ formatVersion: forecastFormatVersion, ...model.toJSON() });
  await writeModelFolder(folder, { info, native, overwrite: options.overwrite ?? false });
  return info;
}

export interface LoadedForecast {
  readonly info: ModelInfo;
  readonly model: ForecastModel;
}

/**
 * @throws LearnError MODEL_NOT_FOUND, MODEL_FLAVOR_NOT_SUPPORTED, MODEL_FORMAT_NOT_SUPPORTED,
 * MODEL_ESTIMATOR_UNKNOWN, MODEL_TOO_LARGE, MODEL_INVALID.
 */
export async function loadForecastModel(folder: string): Promise<LoadedForecast> {
  const { modelFile, ...info } = await readModelInfo(folder);
  const path = join(folder, modelFile);
  if (info.estimator !== forecastEstimator) {
    throw new LearnError(
      'MODEL_FORMAT_NOT_SUPPORTED',
      `the model in '${folder}' is no forecast, its estimator is '${info.estimator.slice(0, 100)}'; load it with loadModel`,
    );
  }
  const text = await readBoundedText(path, modelLimitBytes);
  if (text === null) throw invalidModel(path, 'it is missing');
  const content = parseJson(text, path);
  const { formatVersion } = Object(content) as Record<string, unknown>;
  if (formatVersion !== forecastFormatVersion) {
    throw invalidModel(path, `a forecast has format version ${forecastFormatVersion}`);
  }
  return { info, model: readForecastModel(content) };
}

/** Whether a folder holds a forecast, by what its MLmodel says. @throws as `loadForecastModel`. */
export async function holdsForecast(folder: string): Promise<boolean> {
  return (await readModelInfo(folder)).estimator === forecastEstimator;
}

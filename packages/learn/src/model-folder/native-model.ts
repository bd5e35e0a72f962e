// Reads model.json, of either format, and holds it against what MLmodel says.

import { LearnError } from '../errors.ts';
import { FittedLinearModel } from '../linear/fitted-linear-model.ts';
import { sentType } from '../onnx/raw-input.ts';
import { readTabularModel } from '../tabular-model/read-tabular-model.ts';
import type { TabularModel } from '../tabular-model/tabular-model.ts';
import { readBoundedText } from './bounded-file.ts';
import {
  forecastFormatVersion,
  linearFormatVersion,
  type ModelInfo,
  mlmodelFileName,
  modelLimitBytes,
  tabularFormatVersion,
} from './model-info.ts';
import { invalidModel } from './model-invalid.ts';
import { numericModel } from './numeric-model.ts';

/** @throws LearnError MODEL_TOO_LARGE, MODEL_FORMAT_NOT_SUPPORTED, MODEL_ESTIMATOR_UNKNOWN, MODEL_INVALID. */
export async function readNativeModel(path: string, info: ModelInfo): Promise<TabularModel> {
  const text = await readBoundedText(path, modelLimitBytes);
  if (text === null) throw invalidModel(path, 'it is missing');
  const content = parseJson(text, path);
  const { formatVersion } = Object(content) as Record<string, unknown>;
  if (typeof formatVersion !== 'number') throw invalidModel(path, "it has no 'formatVersion'");
  const model = readFormat(formatVersion, content, info, path);
  if (model.model.estimator !== info.estimator) {
    throw invalidModel(path, `its estimator is not the one that ${mlmodelFileName} names`);
  }
  return model;
}

function readFormat(
  formatVersion: number,
  content: unknown,
  info: ModelInfo,
  path: string,
): TabularModel {
  if (formatVersion === linearFormatVersion) return linearModel(content, info, path);
  if (formatVersion === tabularFormatVersion) {
    const model = readTabularModel(content);
    checkInputs(model, info, path);
    return model;
  }
  if (formatVersion === forecastFormatVersion) throw isForecast(path);
  throw new LearnError(
    'MODEL_FORMAT_NOT_SUPPORTED',
    `${path} has format version ${formatVersion}, and this version reads ${linearFormatVersion} and ${tabularFormatVersion} only; ` +
      'load it with the version that saved it, or save the model again',
  );
}

function isForecast(path: string): LearnError {
  return new LearnError(
    'MODEL_FORMAT_NOT_SUPPORTED',
    `${path} is a forecast of time series, which takes series and times, and no rows of features; ` +
      'load it with loadForecastModel',
  );
}

/** The first format has no names of its own: the signature has them. */
function linearModel(content: unknown, { signature }: ModelInfo, path: string): TabularModel {
  const model = FittedLinearModel.fromJSON(content);
  const { inputs, outputs } = signature;
  if (model.columnCount !== inputs.length) {
    throw invalidModel(
      path,
      `it has ${model.columnCount} coefficients, and the signature in ${mlmodelFileName} has ${inputs.length} inputs`,
    );
  }
  const [output] = outputs;
  if (output === undefined || outputs.length !== 1) {
    throw invalidModel(
      path,
      `the signature in ${mlmodelFileName} has ${outputs.length} outputs, not one`,
    );
  }
  const wrong = inputs.find(({ type }) => type === 'string' || type === 'datetime');
  if (wrong !== undefined) {
    throw invalidModel(
      path,
      `it takes numbers, and the signature in ${mlmodelFileName} has a column of type ${wrong.type}`,
    );
  }
  const names = inputs.map(({ name }) => name);
  return numericModel(model, names, output.name);
}

function checkInputs({ inputs }: TabularModel, { signature }: ModelInfo, path: string): void {
  const agrees =
    inputs.length === signature.inputs.length &&
    inputs.every((input, i) => {
      const { name, type, required } = signature.inputs[i];
      return input.name === name && sentType(input) === type && input.required === required;
    });
  if (!agrees) {
    throw invalidModel(path, `its inputs are not those of the signature in ${mlmodelFileName}`);
  }
}

export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidModel(path, 'it is not JSON', { cause });
  }
}

// Writes the MLmodel file as MLflow writes it: keys in alphabetical order, signatures as JSON texts
// in Python's spacing, and quotes wherever a YAML 1.1 reader such as PyYAML would see no text.

import { stringify } from 'yaml';
import { type ModelInfo, modelFileName, type SignatureColumn } from './model-info.ts';
import { onnxVersion, pythonVersion } from './python-environment.ts';

export function writeMlmodel(info: ModelInfo): string {
  const content = {
    ...(info.artifactPath === null ? {} : { artifact_path: info.artifactPath }),
    flavors: {
      ...(info.onnxFile === null ? {} : onnxFlavors(info.onnxFile)),
      ridgeline: {
        estimator: info.estimator,
        model_file: modelFileName,
        version: info.flavorVersion,
      },
    },
    ...(info.onnxNote === null ? {} : { metadata: { ridgeline_onnx: info.onnxNote } }),
    model_uuid: info.uuid,
    ...(info.runId === null ? {} : { run_id: info.runId }),
    ...(info.inputExampleFile === null
      ? {}
      : { saved_input_example_info: inputExampleInfo(info.inputExampleFile) }),
    signature: {
      inputs: columnsAsJson(info.signature.inputs),
      outputs: columnsAsJson(info.signature.outputs),
      params: null,
    },
    utc_time_created: mlflowTime(info.createdAt),
  };
  return stringify(content, { schema: 'yaml-1.1', singleQuote: true, lineWidth: 0 });
}

/** Those by which `mlflow.onnx` and `mlflow.pyfunc` load the model in Python. */
function onnxFlavors(file: string): object {
  return {
    onnx: {
      code: null,
      data: file,
      onnx_session_options: null,
      onnx_version: onnxVersion,
      providers: ['CPUExecutionProvider'],
    },
    python_function: {
      data: file,
      env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
      loader_module: 'mlflow.onnx',
      python_version: pythonVersion,
    },
  };
}

function inputExampleInfo(file: string): Record<string, string> {
  return { artifact_path: file, pandas_orient: 'split', type: 'dataframe' };
}

function columnsAsJson(columns: readonly SignatureColumn[]): string {
  const items = columns.map(
    ({ type, name, required }) =>
      `{"type": "${type}", "name": ${JSON.stringify(name)}, "required": ${required}}`,
  );
  return `[${items.join(', ')}]`;
}

/** MLflow writes UTC times without a zone and with microseconds. */
function mlflowTime(iso: string): string {
  return iso.replace('T', ' ').replace('Z', '000');
}

// The files by which MLflow makes the Python environment of a model, as its own ONNX flavor writes
// them. The versions are the oldest that can load the model, not those of one machine.

import { stringify } from 'yaml';

/** The Python that MLflow makes an environment with, if it has to. */
export const pythonVersion = '3.12.8';

/** The oldest onnx whose operator sets reach those of the exporter. */
export const onnxVersion = '1.16.0';

const requirements = [
  'mlflow>=2.9',
  'numpy',
  `onnx>=${onnxVersion}`,
  'onnxruntime>=1.17',
  'pandas<3',
];
const buildRequirements = ['pip', 'setuptools', 'wheel'];

/** Text by file name. */
export function pythonEnvironmentFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['conda.yaml', stringify(condaEnvironment())],
    ['python_env.yaml', stringify(pythonEnvironment())],
    ['requirements.txt', `${requirements.join('\n')}\n`],
  ]);
}

function condaEnvironment(): object {
  return {
    channels: ['conda-forge'],
    dependencies: [`python=${pythonVersion}`, 'pip', { pip: requirements }],
    name: 'mlflow-env',
  };
}

function pythonEnvironment(): object {
  return {
    python: pythonVersion,
    build_dependencies: buildRequirements,
    dependencies: ['-r requirements.txt'],
  };
}

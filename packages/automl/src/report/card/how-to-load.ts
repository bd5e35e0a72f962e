// How to load the model folder, in TypeScript and in Python, as lines that can be pasted.
import type { InputColumn } from '@ridgeline/learn';
import type { SearchResult } from '../../search/search-types.ts';
import { code } from './markdown.ts';

const mostColumns = 20;

export function howToLoad({ model }: SearchResult): string {
  const { inputs } = model;
  const cells = inputs.map(exampleOf);
  const isShort = inputs.length <= mostColumns;
  const list = isShort ? cells.join(', ') : '/* one value a column of loaded.tabular.inputs */';
  const typeScript = [
    "import { loadModel } from '@ridgeline/learn/model-folder';",
    '',
    "const loaded = await loadModel('model');",
    `console.log(loaded.predictRows([[${list}]]));`,
  ];
  const frame = [
    'frame = pd.DataFrame({',
    ...inputs
      .slice(0, mostColumns)
      .map((input) => `    ${quoted(input.name)}: [${pythonOf(exampleOf(input))}],`),
    ...(isShort ? [] : ['    # … and the other columns']),
    '})',
  ];
  const onnx = [
    'import onnxruntime',
    'import pandas as pd',
    '',
    ...frame,
    "session = onnxruntime.InferenceSession('model/model.onnx')",
    "kinds = {'tensor(string)': object, 'tensor(double)': 'float64', 'tensor(int64)': 'int64', 'tensor(bool)': bool}",
    'feeds = {}',
    'for entry in session.get_inputs():',
    '    values = frame[entry.name].to_numpy().astype(kinds[entry.type])',
    '    feeds[entry.name] = values.reshape([-1] + [1] * (len(entry.shape) - 1))',
    'names = [entry.name for entry in session.get_outputs()]',
    'print(dict(zip(names, session.run(None, feeds))))',
  ];
  const mlflow = [
    'import mlflow.pyfunc',
    '',
    "print(mlflow.pyfunc.load_model('model').predict(frame))",
  ];
  return [
    '## How to load it',
    'In TypeScript, from the model folder:',
    code('ts', typeScript),
    'In Python, with onnxruntime alone, where the folder has a `model.onnx`:',
    code('python', onnx),
    'In Python, with MLflow:',
    code('python', mlflow),
  ].join('\n\n');
}

function exampleOf({ type }: InputColumn): string {
  if (type === 'string') return "'text'";
  if (type === 'boolean') return 'true';
  return type === 'datetime' ? "'2026-01-31T00:00:00Z'" : '1';
}

function pythonOf(example: string): string {
  if (example === 'true') return 'True';
  // Times go as milliseconds since 1970 UTC; tensors have no type for them.
  return example.startsWith("'2026") ? '1769817600000' : example;
}

/** A name as a Python text; JSON's escapes are Python's too. A fence inside would end the block. */
function quoted(name: string): string {
  return JSON.stringify(name).replaceAll('`', '\\u0060');
}

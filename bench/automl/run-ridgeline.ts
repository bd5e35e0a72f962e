// Ridgeline's turn: as the peers' programs, told everything on the command line.

import { writeFile } from 'node:fs/promises';
import { type Preset, search } from '@ridgeline/automl';
import { readTable } from '@ridgeline/tabular';

const [trainFile = '', testFile = '', target = '', task, budget, seed, output = '', preset] =
  process.argv.slice(2);
const metric = {
  regression: 'normalized_root_mean_squared_error',
  binary: 'auc_weighted',
  multiclass: 'log_loss',
}[task as 'regression' | 'binary' | 'multiclass'];

const { model } = await search(
  { train: await readTable(trainFile) },
  {
    task: task === 'regression' ? 'regression' : 'classification',
    targetColumn: target,
    primaryMetric: metric,
    timeBudgetSeconds: Number(budget),
    seed: Number(seed),
    preset: preset as Preset,
  },
);
const test = await readTable(testFile);
if (model.task === 'regression') {
  const lines = Array.from(model.predict(test) as Float64Array, (value) => `${value}`);
  await writeFile(output, `prediction\n${lines.join('\n')}\n`);
} else {
  const { values, rowCount, columnCount } = model.predictProbabilities(test);
  const lines = Array.from({ length: rowCount }, (_, row) =>
    values.subarray(row * columnCount, (row + 1) * columnCount).join(','),
  );
  await writeFile(output, `${(model.classes ?? []).join(',')}\n${lines.join('\n')}\n`);
}

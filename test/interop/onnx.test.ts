// Model folders in Python: a virtual environment made by pip from the requirements that a folder itself
// holds, MLflow's own loaders, and onnx's own checker.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  estimatorEntry,
  type FittedModel,
  type Label,
  matrixFromRows,
  Ridge,
  TableEncoder,
  TabularModel,
} from '@ridgeline/learn';
import { saveModel } from '@ridgeline/learn/model-folder';
import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { downloadOf, hasProgram, titleOf } from './programs.ts';

const isThere =
  hasProgram('python3', '-c', 'import venv, ensurepip') && hasProgram(...downloadOf('six'));
const needed = 'python3 with venv, and a package registry that pip reaches';

const rows = Array.from({ length: 60 }, (_, i) => i);
const numbers = (value: (i: number) => number) => Float64Array.from(rows, value);
const cars = Table.fromColumns([
  stringColumn(
    'make',
    rows.map((i) => (i % 11 === 0 ? null : ['ford', 'Opel', 'citroën'][(i * i) % 3])),
  ),
  numberColumn(
    'km',
    'double',
    numbers((i) => (i % 7 === 0 ? Number.NaN : ((i * 37) % 101) + 0.5)),
  ),
  numberColumn(
    'doors',
    'long',
    numbers((i) => 2 + (i % 4)),
  ),
  numberColumn(
    'sold',
    'datetime',
    numbers((i) => Date.UTC(2020, i % 12, 1 + i)),
  ),
  numberColumn(
    'new',
    'boolean',
    numbers((i) => i % 2),
  ),
  stringColumn(
    'note',
    rows.map((i) => `the ${i % 5} of ${i % 3} in the ${i % 7}\nand more ${i}`),
  ),
]);
const encoder = new TableEncoder().fit(cars);
const x = encoder.transform(cars);
const some = cars.takeRows(Int32Array.from({ length: 20 }, (_, i) => i));

describe.skipIf(!isThere)(titleOf('model folders in Python', isThere, needed), () => {
  let folder: string;
  let python: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ridgeline-onnx-'));
    await saveModel(join(folder, 'line'), {
      model: new Ridge().fit(
        matrixFromRows([
          [1, 2],
          [3, 5],
          [4, 4],
        ]),
        [1, 2, 3],
      ),
      columnNames: ['AGE', 'BMI'],
      targetName: 'Y',
      inputExample: [[1, 2.5]],
    });
    python = join(folder, 'venv', 'bin', 'python');
    execFileSync('python3', ['-m', 'venv', join(folder, 'venv')]);
    const requirements = join(folder, 'line', 'requirements.txt');
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  }, 15 * 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function predictedBy(name: string): Promise<Record<string, unknown[]>> {
    const script = join(import.meta.dirname, 'load_models.py');
    const output = execFileSync(python, [script, join(folder, name)], { encoding: 'utf8' });
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  }

  async function save(name: string, model: FittedModel): Promise<TabularModel> {
    const fields = { targetName: 'y', targetType: 'string', encoder, model } as const;
    const whole = new TabularModel(fields);
    await saveModel(join(folder, name), { model: whole, inputExample: some });
    return whole;
  }

  test('a linear model of named columns', async () => {
    const { variable } = await predictedBy('line');
    expect(variable).toEqual([expect.closeTo(1.116071, 5)]);
  });

  test('a regression of columns of every kind', async () => {
    const entry = estimatorEntry('RandomForestRegressor');
    if (entry.kind !== 'regressor') throw new Error('a forest of regressions is a regressor');
    const fitted = entry.create({ nEstimators: 10 }).fit(
      x,
      rows.map((i) => 10 * i),
    );
    const model = await save('price', fitted);
    const { variable } = await predictedBy('price');
    expect(variable).toEqual(Array.from(model.predict(some), (value) => near(value)));
  });

  test.each<[string, readonly Label[]]>([
    ['text', ['small', 'Großraum', 'van']],
    ['numbers', [1, 2]],
    ['booleans', [false, true]],
  ])('a classification of %s', async (name, classes) => {
    const entry = estimatorEntry('RandomForestClassifier');
    if (entry.kind !== 'classifier') throw new Error('a forest of classes is a classifier');
    const fitted = entry.create({ nEstimators: 10 }).fit(
      x,
      rows.map((i) => classes[(i >> 1) % classes.length]),
    );
    const model = await save(name, fitted);
    const predicted = await predictedBy(name);
    expect(predicted.label).toEqual(model.predict(some));
    const probabilities = model.predictProbabilities(some);
    fitted.classes.forEach((label, k) => {
      const column = [...probabilities.column(k)].map(near);
      expect(predicted[`probability_${String(label)}`]).toEqual(column);
    });
  });
});

function near(value: unknown): unknown {
  return expect.closeTo(Number(value), 5);
}

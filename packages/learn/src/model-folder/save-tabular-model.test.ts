// A whole model in a folder: what is written, what comes back, and what is refused.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../../test/error-of.ts';
import { mixedTable } from '../../test/mixed-table.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { TableEncoder } from '../encode/table-encoder.ts';
import type { FittedModel } from '../estimator/estimator.ts';
import { RandomForestClassifier, RandomForestRegressor } from '../forest/random-forest.ts';
import { Ridge } from '../linear/ridge.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { DummyRegressor } from '../naive/dummy-regressor.ts';
import { TabularModel } from '../tabular-model/tabular-model.ts';
import { loadModel } from './load-model.ts';
import { saveModel } from './save-model.ts';

const table = mixedTable();
const encoder = new TableEncoder().fit(table, { exclude: ['price', 'kind'] });
const x = encoder.transform(table);
const rows = Array.from({ length: table.rowCount }, (_, i) => i);
const forest = { nEstimators: 5 };

const prices = rows.map((i) => 10 * i);
const priceModel = whole('price', new RandomForestRegressor(forest).fit(x, prices));
const kinds = rows.map((i) => ['small', 'Großraum'][i % 2]);
const kindModel = whole('kind', new RandomForestClassifier(forest).fit(x, kinds));

function whole(targetName: string, model: FittedModel): TabularModel {
  return new TabularModel({ targetName, targetType: 'double', encoder, model });
}

const example = table.takeRows(Int32Array.of(0, 1));
const fixed = {
  clock: () => new Date('2026-01-31T12:00:00.250Z'),
  newUuid: () => '01234567-89ab-cdef-0123-456789abcdef',
};

async function saved(model: TabularModel, options: object = {}): Promise<string> {
  const folder = join(await temporaryFolder(), 'model');
  await saveModel(folder, { model, ...fixed, ...options });
  return folder;
}

describe('saveModel of a whole model', () => {
  it('writes what MLflow would write for an ONNX model, and the native flavor', async () => {
    const folder = await saved(kindModel, { inputExample: example });
    expect(await readdir(folder)).toEqual([
      'MLmodel',
      'conda.yaml',
      'input_example.json',
      'model.json',
      'model.onnx',
      'python_env.yaml',
      'requirements.txt',
    ]);
    expect(await readFile(join(folder, 'MLmodel'), 'utf8')).toBe(`flavors:
  onnx:
    code: null
    data: model.onnx
    onnx_session_options: null
    onnx_version: 1.16.0
    providers:
      - CPUExecutionProvider
  python_function:
    data: model.onnx
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.onnx
    python_version: 3.12.8
  ridgeline:
    estimator: RandomForestClassifier
    model_file: model.json
    version: 0.1.0
model_uuid: 0123456789abcdef0123456789abcdef
saved_input_example_info:
  artifact_path: input_example.json
  pandas_orient: split
  type: dataframe
signature:
  inputs: '[{"type": "string", "name": "make", "required": false}, {"type": "double", "name": "km", "required": false}, {"type": "long", "name": "doors", "required": true}, {"type": "long", "name": "sold", "required": true}, {"type": "string", "name": "note", "required": true}, {"type": "boolean", "name": "new", "required": true}]'
  outputs: '[{"type": "string", "name": "label", "required": true}, {"type": "double", "name": "probability_Großraum", "required": true}, {"type": "double", "name": "probability_small", "required": true}]'
  params: null
utc_time_created: '2026-01-31 12:00:00.250000'
`);
    const written = JSON.parse(await readFile(join(folder, 'input_example.json'), 'utf8'));
    expect(written).toEqual({
      columns: ['make', 'km', 'doors', 'sold', 'note', 'new'],
      data: [
        [null, null, 2, 1.5e12, 'sold as ford with 0 owners and no. 0', false],
        ['Opel', 37 * 1.37, 3, 1.5e12 + 9.1e9, 'sold as Opel with 1 owners and no. 7', true],
      ],
    });
  });

  it('writes an ONNX model that gives the label and a probability a class', async () => {
    const session = await InferenceSession.create(join(await saved(kindModel), 'model.onnx'));
    const results = await session.run({
      make: new Tensor('string', ['ford'], [1]),
      km: new Tensor('float64', [Number.NaN], [1]),
      doors: new Tensor('int64', [3n], [1]),
      sold: new Tensor('int64', [1_500_000_000_000n], [1]),
      note: new Tensor('string', [''], [1]),
      new: new Tensor('bool', [true], [1]),
    });
    await session.release();
    const cells = ['ford', null, 3, '2017-07-14T02:40:00Z', '', true];
    expect(results.label?.data).toEqual([kindModel.predictRow(cells)]);
    const [first, second] = kindModel.predictRowProbabilities(cells);
    expect(Number(results.probability_Großraum?.data[0])).toBeCloseTo(first, 6);
    expect(Number(results.probability_small?.data[0])).toBeCloseTo(second, 6);
  });

  it('leaves the ONNX flavor out when told to', async () => {
    const folder = await saved(priceModel, { onnx: false });
    expect(await readdir(folder)).toEqual(['MLmodel', 'model.json']);
    expect((await loadModel(folder)).info).toMatchObject({ onnxFile: null, onnxNote: null });
  });

  it('says why there is no ONNX flavor where a model has no form in ONNX', async () => {
    const inner = new DummyRegressor().fit(x, prices);
    const odd: FittedModel = {
      kind: 'regressor',
      estimator: 'DummyRegressor',
      parameters: {},
      columnCount: inner.columnCount,
      predict: (features) => inner.predict(features),
      toJSON: () => inner.toJSON(),
    };
    const folder = await saved(whole('price', odd));
    expect(await readdir(folder)).toEqual(['MLmodel', 'model.json']);
    const { info } = await loadModel(folder);
    expect(info.onnxNote).toBe('a model of DummyRegressor has no form in ONNX');
  });

  it('writes nothing that is too large to be read again', async () => {
    const inner = new DummyRegressor().fit(x, prices);
    const large = { estimator: 'DummyRegressor', filling: 'x'.repeat(2 ** 28) };
    const model = whole('price', Object.assign(inner, { toJSON: () => large }));
    const parent = await temporaryFolder();
    const error = await rejectionOf(saveModel(join(parent, 'model'), { model }));
    expect(error).toMatchObject({ code: 'MODEL_TOO_LARGE', status: 413 });
    expect(await readdir(parent)).toEqual([]);
  });

  it('takes a learner of numbers with names beside it, whatever the learner', async () => {
    const numbers = matrixFromRows([
      [1, 2],
      [3, 5],
      [4, 4],
      [0, 1],
    ]);
    const model = new RandomForestRegressor(forest).fit(numbers, [1, 2, 3, 4]);
    const folder = join(await temporaryFolder(), 'model');
    await saveModel(folder, { model, columnNames: ['AGE', 'BMI'], targetName: 'Y' });
    const loaded = await loadModel(folder);
    expect(loaded.predict(numbers)).toEqual(model.predict(numbers));
    expect(loaded.predictRows([[1, 2]])).toEqual([model.predict(numbers)[0]]);
  });

  it.each<[string, object, string]>([
    ['without rows', { inputExample: [] }, 'DATA_EMPTY'],
    ['of too few cells', { inputExample: [['ford']] }, 'SHAPE_MISMATCH'],
    ['of ragged rows', { inputExample: [['f', 1, 2, 3, '', true], [1]] }, 'DATA_RAGGED'],
    ['with an infinity', { inputExample: [['f', 1 / 0, 2, 3, '', true]] }, 'DATA_NOT_FINITE'],
    ['of another type', { inputExample: [['f', 'far', 2, 3, '', true]] }, 'DATA_TYPE_MISMATCH'],
  ])('refuses an example %s', async (_, options, code) => {
    expect(await rejectionOf(saved(priceModel, options))).toMatchObject({ code });
  });
});

describe('loadModel of a whole model', () => {
  it('predicts from a table, from rows of cells, and bit for bit', async () => {
    const { info, tabular, predictTable, predictRows } = await loadModel(await saved(priceModel));
    expect(info).toMatchObject({ estimator: 'RandomForestRegressor', onnxFile: 'model.onnx' });
    expect(tabular.toJSON()).toEqual(priceModel.toJSON());
    const native = [...priceModel.predict(table)];
    expect([...predictTable(table)]).toEqual(native);
    const cells = table
      .toRows()
      .map((row) => priceModel.inputs.map(({ name }) => row[name] ?? null));
    expect(predictRows(cells)).toEqual(native);
    expect(predictRows(cells.slice(0, 2))).toEqual(native.slice(0, 2));
  });

  it('predicts labels', async () => {
    const { predictTable, predictRows } = await loadModel(await saved(kindModel));
    expect(predictTable(table)).toEqual(kindModel.predict(table));
    expect(() => predictRows([['ford']])).toThrow(
      'row 0 (from 0): the row has 1 cells; expected 6',
    );
  });

  it('takes no matrix for what is no number', async () => {
    const matrix = matrixFromRows([[1, 2, 3, 4, 5, 6]]);
    for (const model of [priceModel, kindModel]) {
      const { predict } = await loadModel(await saved(model));
      expect(() => predict(matrix)).toThrow(expect.objectContaining({ code: 'MODEL_NOT_NUMERIC' }));
    }
  });

  it('refuses a model that is not the one of its signature', async () => {
    for (const [from, to] of [
      ['"name": "km"', '"name": "kn"'],
      ['"double", "name": "km", "required": false', '"double", "name": "km", "required": true'],
      ['"long", "name": "doors"', '"double", "name": "doors"'],
      ['estimator: RandomForestRegressor', 'estimator: Ridge'],
      ['data: model.onnx', 'data: ../model.onnx'],
    ]) {
      const folder = await saved(priceModel);
      const path = join(folder, 'MLmodel');
      await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
      expect(await rejectionOf(loadModel(folder))).toMatchObject({ code: 'MODEL_INVALID' });
    }
  });

  it('refuses a model file with a damaged part, naming it', async () => {
    const folder = await saved(priceModel);
    const path = join(folder, 'model.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"kind":"categorical"', '"kind":"magic"'));
    const error = await rejectionOf(loadModel(folder));
    expect(error).toMatchObject({ code: 'MODEL_INVALID' });
    expect(error.message).toContain('.kind is not one of');
  });
});

it('a linear model of names is read by its first format, and has an ONNX flavor too', async () => {
  const folder = join(await temporaryFolder(), 'model');
  const model = new Ridge().fit(matrixFromRows([[1], [2], [4]]), [1, 2, 3]);
  await saveModel(folder, { model, columnNames: ['AGE'], targetName: 'Y' });
  expect(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')).formatVersion).toBe(1);
  const session = await InferenceSession.create(join(folder, 'model.onnx'));
  const { variable } = await session.run({ AGE: new Tensor('float64', [1, 2], [2, 1]) });
  await session.release();
  const { predict } = await loadModel(folder);
  expect([...(variable?.data ?? [])]).toEqual([...predict(matrixFromRows([[1], [2]]))]);
});

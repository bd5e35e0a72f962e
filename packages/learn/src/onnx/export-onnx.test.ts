// The frame of an exported model: names of inputs and outputs, kinds of labels, what has no form.
import { numberColumn, Table } from '@ridgeline/tabular';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { runOnnx } from '../../test/run-onnx.ts';
import { FittedTableEncoder } from '../encode/fitted-table-encoder.ts';
import { NumericEncoding } from '../encode/numeric-encoding.ts';
import type { FittedModel, Label } from '../estimator/estimator.ts';
import { RandomForestClassifier } from '../forest/random-forest.ts';
import { Ridge } from '../linear/ridge.ts';
import { TabularModel } from '../tabular-model/tabular-model.ts';
import { exportOnnx } from './export-onnx.ts';

const count = 30;

function tableOf(names: readonly string[]): Table {
  return Table.fromColumns(
    names.map((name, j) => {
      const values = Float64Array.from({ length: count }, (_, i) => Math.sin(i * (j + 1)));
      return numberColumn(name, 'double', values);
    }),
  );
}

function encoderOf(names: readonly string[]): FittedTableEncoder {
  const inputs = names.map((name) => ({ name, type: 'double', required: true }) as const);
  return new FittedTableEncoder(
    inputs.map((input) => new NumericEncoding(input)),
    [],
  );
}

function whole(names: readonly string[], fit: (x: FeaturesOf) => FittedModel): TabularModel {
  const encoder = encoderOf(names);
  const model = fit(encoder.transform(tableOf(names)));
  return new TabularModel({ targetName: 'y', targetType: 'double', encoder, model });
}

type FeaturesOf = ReturnType<FittedTableEncoder['transform']>;

const y = Float64Array.from({ length: count }, (_, i) => i);
const line = (names: readonly string[]) => whole(names, (x) => new Ridge().fit(x, y));
const forest = (classes: readonly Label[]) =>
  whole(['a', 'b'], (x) => {
    const labels = Array.from({ length: count }, (_, i) => classes[i % classes.length]);
    return new RandomForestClassifier({ nEstimators: 3 }).fit(x, labels, { classes });
  });

describe('columns may have any name', () => {
  it.each([
    [['constant_0', 'cast_0', 'reshape_0', 'add_0', 'matmul_0', 'concat_0', 'output_0']],
    [['rows', 'model', 'a b', 'x"y', '日本', ' ', 'é\n']],
    [['variable', 'label']],
    [['variable', 'variable_2']],
  ])('%j', async (names) => {
    const model = line(names);
    const exported = exportOnnx(model);
    const outputs = await runOnnx(model, tableOf(names));
    const native = [...model.predict(tableOf(names))].map((value) =>
      expect.closeTo(Number(value), 9),
    );
    expect(outputs.get(exported.bytes === null ? '' : exported.outputs[0])).toEqual(native);
  });

  it('an output takes another name where a column has its own', () => {
    expect(exportOnnx(line(['variable', 'variable_2']))).toMatchObject({ outputs: ['variable_3'] });
  });
});

describe('labels', () => {
  it.each<[readonly Label[]]>([[['', 'ä']], [[3, -1]], [[0.5, 2]], [[true, false]], [['1', 1]]])(
    '%j keep their kind, if they have one',
    async (classes) => {
      const model = forest(classes);
      const outputs = await runOnnx(model, tableOf(['a', 'b']));
      const native = model.predict(tableOf(['a', 'b'])) as readonly Label[];
      const isMixed = new Set(classes.map((label) => typeof label)).size > 1;
      expect(outputs.get('label')).toEqual(isMixed ? native.map(String) : native);
    },
  );

  it('have one output a class, when asked', async () => {
    const model = forest(['x', 'y', 'z']);
    const table = tableOf(['a', 'b']);
    const outputs = await runOnnx(model, table, { probabilities: 'columns' });
    expect([...outputs.keys()]).toEqual([
      'label',
      'probability_x',
      'probability_y',
      'probability_z',
    ]);
    const native = [...model.predictProbabilities(table).column(1)];
    const near = native.map((value) => expect.closeTo(value, 6));
    expect(outputs.get('probability_y')).toEqual(near);
  });

  it('of one text have two outputs all the same', () => {
    const exported = exportOnnx(forest(['1', 1]), { probabilities: 'columns' });
    expect(exported).toMatchObject({ outputs: ['label', 'probability_1', 'probability_1_2'] });
  });
});

it('one column is sent in two dimensions, several in one', async () => {
  for (const [names, rank] of [
    [['a'], 2],
    [['a', 'b'], 1],
  ] as const) {
    const exported = exportOnnx(line(names));
    if (exported.bytes === null) throw new Error(exported.reason);
    const session = await InferenceSession.create(exported.bytes);
    const [input] = session.inputMetadata;
    expect(input?.isTensor && input.shape).toHaveLength(rank);
    await session.release();
  }
});

it('says what has no form in ONNX', () => {
  const { model, encoder } = line(['a', 'b']);
  const odd: FittedModel = {
    kind: 'regressor',
    estimator: 'Magic',
    parameters: {},
    columnCount: 2,
    predict: (x) => new Float64Array(x.rowCount),
    toJSON: () => model.toJSON(),
  };
  const exported = exportOnnx({ encoder, model: odd });
  expect(exported).toEqual({ bytes: null, reason: 'a model of Magic has no form in ONNX' });
});

it('is the same file for the same model', () => {
  expect(exportOnnx(line(['a', 'b']))).toEqual(exportOnnx(line(['a', 'b'])));
});

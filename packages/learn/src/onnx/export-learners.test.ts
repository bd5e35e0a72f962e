// Every learner of the table, fitted on a table with columns of every kind, predicts the same within
// ONNX: probabilities and predictions to the accuracy of float32, labels where they are no near tie.
import { describe, it } from 'vitest';
import { expectSamePredictions } from '../../test/expect-same-predictions.ts';
import { mixedTable } from '../../test/mixed-table.ts';
import { TableEncoder } from '../encode/table-encoder.ts';
import type { Label } from '../estimator/estimator.ts';
import type { EstimatorEntry } from '../estimator/estimator-entry.ts';
import { estimators } from '../estimator/estimators.ts';
import { TabularModel } from '../tabular-model/tabular-model.ts';

const table = mixedTable();
const targets = ['price', 'kind'];
const complete = table.select(['doors', 'sold', 'new', ...targets]);

/** Small enough for a test, where the learner has such a parameter. */
const small: Readonly<Record<string, number>> = {
  nEstimators: 8,
  maxIterations: 20,
  maxIter: 60,
  minSamplesLeaf: 3,
};

function fitted(entry: EstimatorEntry, classes: readonly Label[] = []): TabularModel {
  const data = entry.takesMissing ? table : complete;
  const encoder = new TableEncoder().fit(data, { exclude: targets });
  const parameters = Object.fromEntries(
    Object.entries(small).filter(([name]) => Object.hasOwn(entry.parameters, name)),
  );
  const x = encoder.transform(data);
  if (entry.kind === 'regressor') {
    const model = entry.create(parameters).fit(x, price());
    return new TabularModel({ targetName: 'price', targetType: 'double', encoder, model });
  }
  const y = Array.from({ length: data.rowCount }, (_, i) => classes[(i * i) % classes.length]);
  const model = entry.create(parameters).fit(x, y);
  return new TabularModel({ targetName: 'kind', targetType: 'string', encoder, model });
}

function price(): Float64Array {
  const column = table.column('price');
  return column.type === 'string' ? new Float64Array() : column.values;
}

describe.each([...estimators.values()].map((entry) => [entry.name, entry] as const))(
  '%s',
  (_, entry) => {
    if (entry.kind === 'regressor') {
      it('predicts the same number', async () => {
        await expectSamePredictions(fitted(entry), table);
      });
      return;
    }
    it.each<[string, readonly Label[]]>([
      ['two classes of text', ['no', 'yes']],
      ['three classes of text', ['small', 'Großraum', '']],
      ['classes that are whole numbers', [1, 5, -7]],
      ['classes that are fractions', [0.5, 1]],
      ['classes that are true and false', [false, true]],
    ])('gives the same label and probabilities of %s', async (_name, classes) => {
      await expectSamePredictions(fitted(entry, classes), table);
    });
  },
);

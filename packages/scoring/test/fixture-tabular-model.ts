// Models of named, typed columns on disk for the tests: a price and a kind from six columns, of which
// two may miss.

import { join } from 'node:path';
import { estimatorEntry, type Label, TableEncoder, TabularModel } from '@ridgeline/learn';
import { saveModel } from '@ridgeline/learn/model-folder';
import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import { makeFolder } from './fixture-model.ts';

const makes = ['ford', 'Opel', 'citroën'];
const count = 60;
const rows = Array.from({ length: count }, (_, i) => i);
const numbers = (value: (i: number) => number) => Float64Array.from(rows, value);

/** `make` and `km` miss values. */
export const cars = Table.fromColumns([
  stringColumn(
    'make',
    rows.map((i) => (i % 11 === 0 ? null : makes[(i * i) % 3])),
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
]);

const encoder = new TableEncoder().fit(cars);
const x = encoder.transform(cars);

export const priceModel = new TabularModel({
  targetName: 'price',
  targetType: 'double',
  encoder,
  model: regressor().fit(
    x,
    rows.map((i) => ((i * 37) % 101) * 10),
  ),
});

export const kindModel = modelOfKinds(['large', 'small']);

export function modelOfKinds(classes: readonly Label[]): TabularModel {
  const model = classifier().fit(
    x,
    rows.map((i) => classes[(i >> 1) % classes.length]),
  );
  return new TabularModel({ targetName: 'kind', targetType: 'string', encoder, model });
}

/** Saves the model and returns its folder. */
export async function saveTabular(model: TabularModel): Promise<string> {
  const folder = join(await makeFolder(), 'model');
  await saveModel(folder, { model });
  return folder;
}

function regressor() {
  const entry = estimatorEntry('RandomForestRegressor');
  if (entry.kind !== 'regressor') throw new Error('a forest of regressions is a regressor');
  return entry.create({ nEstimators: 10 });
}

function classifier() {
  const entry = estimatorEntry('RandomForestClassifier');
  if (entry.kind !== 'classifier') throw new Error('a forest of classes is a classifier');
  return entry.create({ nEstimators: 10 });
}

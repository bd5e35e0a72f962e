// The tables of a search, by the inputs that the definition names.

import type { Table } from '@ridgeline/tabular';
import { counted } from '../counted.ts';
import { type HeldOut, holdOut } from '../data/hold-out.ts';
import { readData } from '../data/read-data.ts';
import { AutoMLError } from '../errors.ts';
import { holdOutLatest } from '../forecasting/hold-out-latest.ts';
import type { SearchInput } from '../search/search-types.ts';
import type { GivenSettings } from '../settings/resolve-settings.ts';
import type { AutoMLStep } from './automl-step.ts';

/** @throws AutoMLError INPUT_NOT_FOUND, INPUT_INVALID; what readTable throws */
export async function readInput(
  { definition, inputs }: AutoMLStep,
  settings: GivenSettings,
  print: (line: string) => void,
): Promise<SearchInput> {
  const all = await readNamed(inputs, definition.trainingData, print);
  const validation = await readOptional(inputs, definition.validationData, print);
  const given = await readOptional(inputs, definition.testData, print);
  const size = definition.testDataSize ?? 0;
  const { train, test } =
    given === null && size > 0
      ? heldOut(all, size, settings, definition)
      : { train: all, test: given };
  return { train, ...(validation !== null && { validation }), ...(test !== null && { test }) };
}

/** Of a forecast the latest part. */
function heldOut(
  all: Table,
  size: number,
  settings: GivenSettings,
  { forecasting }: AutoMLStep['definition'],
): HeldOut {
  if (settings.task === 'forecasting' && forecasting !== null) {
    return holdOutLatest(all, forecasting.timeColumnName, size);
  }
  return holdOut(all, { size, seed: settings.seed ?? 0, stratify: stratifyBy(settings) });
}

async function readOptional(
  inputs: ReadonlyMap<string, string>,
  name: string | null,
  print: (line: string) => void,
): Promise<Table | null> {
  return name === null ? null : await readNamed(inputs, name, print);
}

async function readNamed(
  inputs: ReadonlyMap<string, string>,
  name: string,
  print: (line: string) => void,
): Promise<Table> {
  const place = inputs.get(name);
  if (place === undefined) {
    const message = `the step has no input '${name}'; it has ${[...inputs.keys()].join(', ') || 'none'}`;
    throw new AutoMLError('INPUT_NOT_FOUND', message);
  }
  const table = await readData(place);
  print(
    `Read ${name}: ${counted(table.rowCount, 'row')}, ${counted(table.columnNames.length, 'column')}`,
  );
  return table;
}

function stratifyBy({ task, targetColumn }: GivenSettings): string | null {
  return task === 'classification' ? targetColumn : null;
}

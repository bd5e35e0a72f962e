// Reads the signature of an MLmodel file: two JSON texts within the YAML.

import {
  type ModelSignature,
  type NumericColumnType,
  numericColumnTypes,
  type SignatureColumn,
} from './model-info.ts';
import { invalidModel } from './model-invalid.ts';

/** @throws LearnError MODEL_INVALID. */
export function parseSignature(value: unknown, where: string): ModelSignature {
  if (!(value instanceof Map)) throw invalidModel(where, "'signature' is missing");
  const inputs = parseColumns(value.get('inputs'), 'inputs', where);
  const outputs = parseColumns(value.get('outputs'), 'outputs', where);
  if (outputs.length !== 1) {
    throw invalidModel(where, `its signature has ${outputs.length} outputs, not one`);
  }
  return { inputs, outputs };
}

function parseColumns(json: unknown, which: string, where: string): readonly SignatureColumn[] {
  const items = parseJson(json, which, where);
  if (!Array.isArray(items) || items.length === 0) {
    throw invalidModel(where, `its signature's ${which} are not a list of columns`);
  }
  const columns = items.map((item, i) => parseColumn(item, `${which}[${i}]`, where));
  if (new Set(columns.map(({ name }) => name)).size !== columns.length) {
    throw invalidModel(where, `its signature's ${which} have a name twice`);
  }
  return columns;
}

function parseJson(json: unknown, which: string, where: string): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : null;
  } catch (cause) {
    throw invalidModel(where, `its signature's ${which} are not JSON`, { cause });
  }
}

function parseColumn(item: unknown, which: string, where: string): SignatureColumn {
  const { name, type } = Object(item) as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') {
    throw invalidModel(where, `its signature's ${which} has no name`);
  }
  if (!isNumericType(type)) {
    throw invalidModel(
      where,
      `its signature's ${which} has no type out of ${numericColumnTypes.join(', ')}`,
    );
  }
  return { name, type };
}

function isNumericType(type: unknown): type is NumericColumnType {
  return numericColumnTypes.some((known) => known === type);
}

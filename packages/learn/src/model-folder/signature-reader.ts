// Reads the signature of an MLmodel file: two JSON texts within the YAML.

import {
  type ModelSignature,
  type SignatureColumn,
  type SignatureColumnType,
  signatureColumnTypes,
} from './model-info.ts';
import { invalidModel } from './model-invalid.ts';

/** @throws LearnError MODEL_INVALID. */
export function parseSignature(value: unknown, where: string): ModelSignature {
  if (!(value instanceof Map)) throw invalidModel(where, "'signature' is missing");
  const inputs = parseColumns(value.get('inputs'), 'inputs', where);
  const outputs = parseColumns(value.get('outputs'), 'outputs', where);
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
  const { name, type, required } = Object(item) as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') {
    throw invalidModel(where, `its signature's ${which} has no name`);
  }
  if (!isColumnType(type)) {
    throw invalidModel(
      where,
      `its signature's ${which} has no type out of ${signatureColumnTypes.join(', ')}`,
    );
  }
  // MLflow takes a column for required unless it is told otherwise.
  return { name, type, required: required !== false };
}

function isColumnType(type: unknown): type is SignatureColumnType {
  return signatureColumnTypes.some((known) => known === type);
}

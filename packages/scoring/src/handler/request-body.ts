// The bodies that a model's handler takes, and how each is answered: Azure ML's scoring files of AutoML
// models (`data`, `Inputs`) and its endpoints of MLflow models (`input_data`).

import { ScoringError } from '../errors.ts';
import type { RequestBody } from './scoring-handler.ts';

export const scoringMethods = ['predict', 'predict_proba'] as const;
export type ScoringMethod = (typeof scoringMethods)[number];

/** The rows of a body, not looked at yet, and how they are to be answered. */
export interface ReadBody {
  /** Lists of cells, or records by column. */
  readonly rows: readonly unknown[];
  /** Names of the cells of each list, or null where they are in the model's order. */
  readonly columns: readonly string[] | null;
  /** Where the rows are, for error messages: `data`, `input_data/data`. */
  readonly place: string;
  readonly method: ScoringMethod;
  /** What the answer's list is under; null where the list is the whole answer. */
  readonly resultName: 'result' | 'Results' | null;
}

/** @throws ScoringError REQUEST_BODY_INVALID. */
export function readBody(body: RequestBody): ReadBody {
  const method = methodOf(body);
  if (body.input_data !== undefined) {
    return { ...framed(body.input_data, 'input_data'), method, resultName: null };
  }
  if (body.Inputs !== undefined) {
    const { data } = objectAt(body.Inputs, 'Inputs');
    return { ...framed(data, 'Inputs/data'), method, resultName: 'Results' };
  }
  if (body.data === undefined) throw invalidBody("the body must have required property 'data'");
  return { ...framed(body.data, 'data'), method, resultName: 'result' };
}

export function invalidBody(message: string, options?: ErrorOptions): ScoringError {
  return new ScoringError('REQUEST_BODY_INVALID', message, options);
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, without repeating it: a body may hold what must not reach a log. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A list of rows, or `{columns, index?, data}` as pandas splits a table. */
function framed(value: unknown, place: string): Pick<ReadBody, 'rows' | 'columns' | 'place'> {
  if (!isRecord(value)) return { rows: listAt(value, place), columns: null, place };
  const rows = listAt(value.data, `${place}/data`);
  const columns = listAt(value.columns, `${place}/columns`).map((name, i) => {
    if (typeof name === 'string') return name;
    throw invalidBody(`${place}/columns/${i} must be string, not ${kindOf(name)}`);
  });
  const doubled = columns.find((name, i) => columns.indexOf(name) !== i);
  if (doubled !== undefined) {
    throw invalidBody(`${place}/columns names the column '${shorten(doubled)}' twice`);
  }
  checkIndex(value.index, rows.length, place);
  return { rows, columns, place: `${place}/data` };
}

function checkIndex(index: unknown, rowCount: number, place: string): void {
  if (index === undefined || index === null) return;
  const { length } = listAt(index, `${place}/index`);
  if (length !== rowCount) {
    throw invalidBody(`${place}/index has ${length} items, and ${place}/data has ${rowCount} rows`);
  }
}

function methodOf(body: RequestBody): ScoringMethod {
  for (const name of ['params', 'global_parameters', 'GlobalParameters']) {
    const parameters = body[name];
    if (isRecord(parameters) && parameters.method !== undefined) {
      return checkedMethod(parameters.method, `${name}/method`);
    }
  }
  return body.method === undefined ? 'predict' : checkedMethod(body.method, 'method');
}

function checkedMethod(value: unknown, place: string): ScoringMethod {
  const found = scoringMethods.find((method) => method === value);
  if (found !== undefined) return found;
  throw invalidBody(`${place} must be one of: ${scoringMethods.join(', ')}`);
}

function listAt(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalidBody(`${place} must be array, not ${kindOf(value)}`);
}

function objectAt(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw invalidBody(`${place} must be object, not ${kindOf(value)}`);
}

export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

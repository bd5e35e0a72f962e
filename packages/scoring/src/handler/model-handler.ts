// The built-in handler of a model without a script: rows in, `{"result": […]}` out. Rows of numbers
// for a model of numbers take the short way; all other bodies go through request-body.ts.

import { LearnError, Matrix } from '@ridgeline/learn';
import {
  holdsForecast,
  type LoadedModel,
  loadForecastModel,
  loadModel,
  predictRows,
  predictRowsProbabilities,
} from '@ridgeline/learn/model-folder';
import { createForecastHandler } from './forecast-handler.ts';
import { compileSchema } from './json-schema.ts';
import { numericInputSchema, numericOutputSchema } from './numeric-schemas.ts';
import { invalidBody, isRecord, type ReadBody, readBody } from './request-body.ts';
import { cellsOf } from './request-cells.ts';
import { checkFinite, type ReportScored, reportScored } from './scored-report.ts';
import type { ScoringHandler } from './scoring-handler.ts';
import { tabularInputSchema, tabularOutputSchema } from './tabular-schemas.ts';

export type { ReportScored, ScoredReport } from './scored-report.ts';

export async function loadModelHandler(
  modelFolder: string,
  report: ReportScored,
): Promise<ScoringHandler> {
  if (await holdsForecast(modelFolder)) {
    return createForecastHandler((await loadForecastModel(modelFolder)).model, report);
  }
  return createModelHandler(await loadModel(modelFolder), report);
}

type ServedModel = Pick<LoadedModel, 'tabular' | 'predict'>;

export function createModelHandler(model: ServedModel, report: ReportScored): ScoringHandler {
  return isNumeric(model) ? numericHandler(model, report) : tabularHandler(model, report);
}

/** Whether rows of finite numbers, without any missing, are all that the model needs. */
function isNumeric({ tabular }: ServedModel): boolean {
  const { task, encoder } = tabular;
  return (
    task === 'regression' &&
    encoder.encodings.every(({ kind, input }) => kind === 'numeric' && input.required)
  );
}

function numericHandler(model: ServedModel, report: ReportScored): ScoringHandler {
  const inputSchema = numericInputSchema(model.tabular.inputs.map(({ name }) => name));
  const checkNumbers = compileSchema(inputSchema, 'inputSchema', 'the body');
  const others = tabularHandler(model, report);
  return {
    inputSchema,
    outputSchema: numericOutputSchema,
    checkInput: (body) => (hasOtherForm(body) ? null : checkNumbers(body)),
    checkOutput: others.checkOutput,
    run: (data, headers, body) => {
      if (hasOtherForm(body)) return others.run(data, headers, body);
      // The schema has been checked, so that every row holds one finite number per column.
      const result = scoreNumbers(model, data as readonly (readonly number[])[]);
      reportScored(report, headers, result.length);
      return { result };
    },
  };
}

/** Records, columns beside the data, a method: what the schema of plain rows does not tell of. */
function hasOtherForm(body: unknown): boolean {
  if (!isRecord(body)) return false;
  if (body.input_data !== undefined || body.Inputs !== undefined) return true;
  const { data } = body;
  return isRecord(data) ? 'columns' in data : Array.isArray(data) && isRecord(data[0]);
}

function scoreNumbers(model: ServedModel, rows: readonly (readonly number[])[]): number[] {
  if (rows.length === 0) return [];
  const columnCount = model.tabular.inputs.length;
  const values = new Float64Array(rows.length * columnCount);
  for (const [index, row] of rows.entries()) values.set(row, index * columnCount);
  const scores = Array.from(model.predict(new Matrix(rows.length, columnCount, values)));
  checkFinite(scores, 'data');
  return scores;
}

function tabularHandler({ tabular }: ServedModel, report: ReportScored): ScoringHandler {
  return {
    inputSchema: tabularInputSchema(tabular.inputs),
    outputSchema: tabularOutputSchema(tabular),
    // Rows are checked as they are read, and answers are right as they are made.
    checkInput: () => null,
    checkOutput: () => null,
    run: (_, headers, body) => {
      const read = readBody(body);
      const result = score(tabular, read);
      reportScored(report, headers, result.length);
      return answerOf(read, result, tabular.classes);
    },
  };
}

function score(tabular: LoadedModel['tabular'], body: ReadBody): readonly unknown[] {
  const { method, place } = body;
  if (method === 'predict_proba' && tabular.classes === null) {
    throw invalidBody(
      "the method is 'predict_proba', and the model is a regression: use 'predict'",
    );
  }
  const rows = cellsOf(body, tabular.inputs);
  if (rows.length === 0) return [];
  try {
    if (method === 'predict_proba') return predictRowsProbabilities(tabular, rows);
    const result = predictRows(tabular, rows);
    checkFinite(result, place);
    return result;
  } catch (cause) {
    // What the model finds wrong with a cell names its row and column.
    if (cause instanceof LearnError) throw invalidBody(`${place}: ${cause.message}`, { cause });
    throw cause;
  }
}

function answerOf(
  { method, resultName }: ReadBody,
  result: readonly unknown[],
  classes: readonly unknown[] | null,
): unknown {
  if (resultName === null) return result;
  return method === 'predict' ? { [resultName]: result } : { [resultName]: result, classes };
}

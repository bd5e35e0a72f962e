// The built-in handler of a forecast: rows of series and times in, `{"result": […]}` out.

import { type ForecastModel, LearnError } from '@ridgeline/learn';
import { invalidBody, readBody } from './request-body.ts';
import { cellsOf } from './request-cells.ts';
import { checkFinite, type ReportScored, reportScored } from './scored-report.ts';
import type { ScoringHandler } from './scoring-handler.ts';
import { tabularInputSchema, tabularOutputSchema } from './tabular-schemas.ts';

export function createForecastHandler(model: ForecastModel, report: ReportScored): ScoringHandler {
  return {
    inputSchema: tabularInputSchema(model.inputs),
    outputSchema: tabularOutputSchema({ classes: null }),
    // Rows are checked as they are read, and answers are right as they are made.
    checkInput: () => null,
    checkOutput: () => null,
    run: (_, headers, body) => {
      const read = readBody(body);
      if (read.method !== 'predict') {
        throw invalidBody(
          `the method is '${read.method}', and the model is a forecast: use 'predict'`,
        );
      }
      const result = score(model, cellsOf(read, model.inputs), read.place);
      reportScored(report, headers, result.length);
      return read.resultName === null ? result : { [read.resultName]: result };
    },
  };
}

function score(
  model: ForecastModel,
  rows: ReturnType<typeof cellsOf>,
  place: string,
): readonly number[] {
  try {
    const result = Array.from(model.predictRows(rows));
    checkFinite(result, place);
    return result;
  } catch (cause) {
    // What the model finds wrong with a row names it.
    if (cause instanceof LearnError) throw invalidBody(`${place}: ${cause.message}`, { cause });
    throw cause;
  }
}

// A step of type `automl` whose task is a forecast.
import { AutoMLError } from '../errors.ts';
import type { ForecastResult } from '../forecasting/forecast-result.ts';
import { searchForecast } from '../forecasting/search-forecast.ts';
import { forecastFiles } from '../results/forecast-files.ts';
import { saveForecast } from '../results/save-forecast.ts';
import type { AutoMLStep, StepSurroundings } from './automl-step.ts';
import { forecastingOf, notesOnForecasting } from './forecasting-definition.ts';
import { runStep, type StepTask } from './run-step.ts';

export async function runForecast(
  step: AutoMLStep,
  around: StepSurroundings,
): Promise<ForecastResult> {
  const { forecasting } = step.definition;
  if (forecasting === null) {
    throw new AutoMLError(
      'DEFINITION_INVALID',
      "'forecasting' of the step's definition is missing; a forecast needs at least its timeColumnName",
    );
  }
  const given = forecastingOf(forecasting);
  const task: StepTask<ForecastResult> = {
    notes: notesOnForecasting(forecasting),
    search: (input, settings, hooks) => searchForecast(input, settings, given, hooks),
    report: (_, result) => ({ files: forecastFiles(result), alerts: [] }),
    saveModel: (folder, _, result, origin) => saveForecast(folder, result, origin),
  };
  return await runStep(task, step, around);
}

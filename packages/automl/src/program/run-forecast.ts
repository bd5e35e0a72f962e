// A step of type `automl` whose task is a forecast, from its definition to its outputs.
import { AutoMLError } from '../errors.ts';
import type { ForecastResult } from '../forecasting/forecast-result.ts';
import { searchForecast } from '../forecasting/search-forecast.ts';
import { forecastFiles } from '../results/forecast-files.ts';
import { leaderboardJson } from '../results/leaderboard-json.ts';
import { metricsData } from '../results/metrics-data.ts';
import { saveForecast } from '../results/save-forecast.ts';
import { writeFiles } from '../results/write-files.ts';
import type { RunTracker } from '../tracking/run-tracker.ts';
import { trialName } from '../tracking/trial-log.ts';
import type { AutoMLStep, StepSurroundings } from './automl-step.ts';
import { settingsOf } from './definition-settings.ts';
import { describeResult } from './describe-result.ts';
import { forecastingOf, notesOnForecasting } from './forecasting-definition.ts';
import { checkOutputs, writeJsonOutput } from './outputs.ts';
import { readInput } from './read-input.ts';
import { modelArtifact } from './run-automl.ts';
import { endTrialsInTime, searchAndTell } from './search-and-tell.ts';
import { startTracking } from './start-tracking.ts';

export async function runForecast(
  step: AutoMLStep,
  around: StepSurroundings,
): Promise<ForecastResult> {
  const { definition } = step;
  if (definition.forecasting === null) {
    throw new AutoMLError(
      'DEFINITION_INVALID',
      "'forecasting' of the step's definition is missing; a forecast needs at least its timeColumnName",
    );
  }
  checkOutputs(step.outputs);
  const { settings, notes } = settingsOf(definition, step.inputs);
  for (const note of [...notes, ...notesOnForecasting(definition.forecasting)]) {
    around.print(`Note: ${note}`);
  }
  const forecasting = forecastingOf(definition.forecasting);
  const input = await readInput(step, settings, around.print);
  const tracking = startTracking(settings, around);
  endTrialsInTime(tracking.tracker, around.signal);
  try {
    const search = searchForecast.bind(null, input, settings, forecasting);
    const result = await searchAndTell(search, tracking, definition, around);
    await keepResult(step, result, tracking.tracker);
    for (const line of describeResult(result)) around.print(line);
    return result;
  } catch (error) {
    throw tracking.failure()?.error ?? error;
  } finally {
    await tracking.tracker.abandon();
  }
}

async function keepResult(
  { outputs }: AutoMLStep,
  result: ForecastResult,
  tracker: RunTracker,
): Promise<void> {
  const runIdOf = async (trial: ForecastResult['best']) =>
    (await tracker.trialRunId(trial)) ?? trialName(trial);
  await writeJsonOutput(outputs, 'metrics_data', await metricsData(result, runIdOf));
  const board = leaderboardJson(result);
  await writeJsonOutput(outputs, 'leaderboard', board);
  await keepModel(outputs, result, tracker);
  const report = forecastFiles(result);
  const folder = outputs.get('report');
  if (folder !== undefined) await writeFiles(folder, report);
  const kept = new Map([['leaderboard.json', `${JSON.stringify(board, null, 2)}\n`]]);
  for (const [place, text] of report) kept.set(`report/${place}`, text);
  await tracker.finish(result, kept);
}

/** The engine keeps an output with the run; without the output, the model is kept there itself. */
async function keepModel(
  outputs: ReadonlyMap<string, string>,
  result: ForecastResult,
  tracker: RunTracker,
): Promise<void> {
  const folder = outputs.get('best_model');
  const origin = { runId: tracker.runId, artifactPath: modelArtifact };
  if (folder !== undefined) return await saveForecast(folder, result, origin);
  if (tracker.runId === null) return;
  await saveForecast('best_model', result, origin);
  await tracker.keepFolder('best_model', modelArtifact);
}

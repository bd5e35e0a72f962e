// A step of type `automl`, from its definition to its outputs: data read, model searched for, every
// trial told to the tracking server, results kept.
import { leaderboardJson } from '../results/leaderboard-json.ts';
import { metricsData } from '../results/metrics-data.ts';
import { reportFiles } from '../results/report-files.ts';
import { saveBestModel } from '../results/save-best-model.ts';
import { writeFiles } from '../results/write-files.ts';
import { search } from '../search/search.ts';
import type { SearchInput, SearchResult } from '../search/search-types.ts';
import type { RunTracker } from '../tracking/run-tracker.ts';
import { trialName } from '../tracking/trial-log.ts';
import type { AutoMLStep, StepSurroundings } from './automl-step.ts';
import { settingsOf } from './definition-settings.ts';
import { describeResult } from './describe-result.ts';
import { checkOutputs, writeJsonOutput } from './outputs.ts';
import { readInput } from './read-input.ts';
import { endTrialsInTime, searchAndTell } from './search-and-tell.ts';
import { startTracking } from './start-tracking.ts';

/** Where the model is among the run's artifacts: where the engine keeps the output of that name. */
export const modelArtifact = 'outputs/best_model';

export async function runAutoML(step: AutoMLStep, around: StepSurroundings): Promise<SearchResult> {
  checkOutputs(step.outputs);
  const { settings, notes } = settingsOf(step.definition, step.inputs);
  for (const note of notes) around.print(`Note: ${note}`);
  const input = await readInput(step, settings, around.print);
  const tracking = startTracking(settings, around);
  endTrialsInTime(tracking.tracker, around.signal);
  try {
    const run = search.bind(null, input, settings);
    const result = await searchAndTell(run, tracking, step.definition, around);
    await keepResult(step, input, result, tracking.tracker, around.print);
    for (const line of describeResult(result)) around.print(line);
    return result;
  } catch (error) {
    throw tracking.failure()?.error ?? error;
  } finally {
    await tracking.tracker.abandon();
  }
}

async function keepResult(
  { definition, outputs }: AutoMLStep,
  input: SearchInput,
  result: SearchResult,
  tracker: RunTracker,
  print: (line: string) => void,
): Promise<void> {
  const runIdOf = async (trial: SearchResult['best']) =>
    (await tracker.trialRunId(trial)) ?? trialName(trial);
  await writeJsonOutput(outputs, 'metrics_data', await metricsData(result, runIdOf));
  const board = leaderboardJson(result);
  await writeJsonOutput(outputs, 'leaderboard', board);
  await keepModel(outputs, input, result, tracker);
  const isExplained = definition.training.enableModelExplainability ?? true;
  const { files: report, alerts } = reportFiles(input, result, { explain: isExplained });
  for (const alert of alerts) print(`Look at this: ${alert}`);
  const folder = outputs.get('report');
  if (folder !== undefined) await writeFiles(folder, report);
  const kept = new Map([['leaderboard.json', `${JSON.stringify(board, null, 2)}\n`]]);
  for (const [place, text] of report) kept.set(`report/${place}`, text);
  await tracker.finish(result, kept);
}

/** The engine keeps an output with the run; without the output, the model is kept there itself. */
async function keepModel(
  outputs: ReadonlyMap<string, string>,
  input: SearchInput,
  result: SearchResult,
  tracker: RunTracker,
): Promise<void> {
  const folder = outputs.get('best_model');
  const origin = { runId: tracker.runId, artifactPath: modelArtifact };
  if (folder !== undefined) return await saveBestModel(folder, input, result, origin);
  if (tracker.runId === null) return;
  await saveBestModel('best_model', input, result, origin);
  await tracker.keepFolder('best_model', modelArtifact);
}

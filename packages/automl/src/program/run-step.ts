// A step of type `automl`, from its definition to its outputs: data read, model searched for, every
// trial told to the tracking server, results kept. What differs from task to task its caller says.
import { leaderboardJson } from '../results/leaderboard-json.ts';
import { metricsData } from '../results/metrics-data.ts';
import type { ReportFiles } from '../results/report-files.ts';
import type { ModelOrigin } from '../results/save-best-model.ts';
import { writeFiles } from '../results/write-files.ts';
import type { SearchHooks, SearchInput, SearchOutcome } from '../search/search-types.ts';
import type { GivenSettings } from '../settings/resolve-settings.ts';
import type { RunTracker } from '../tracking/run-tracker.ts';
import { trialName } from '../tracking/trial-log.ts';
import type { AutoMLStep, StepSurroundings } from './automl-step.ts';
import { settingsOf } from './definition-settings.ts';
import { describeResult } from './describe-result.ts';
import { checkOutputs, writeJsonOutput } from './outputs.ts';
import { readInput } from './read-input.ts';
import { endTrialsInTime, searchAndTell } from './search-and-tell.ts';
import { startTracking } from './start-tracking.ts';

/** What a task brings with it. */
export interface StepTask<Result extends SearchOutcome> {
  /** What of the definition has no effect, one sentence each. */
  readonly notes: readonly string[];
  readonly search: (
    input: SearchInput,
    settings: GivenSettings,
    hooks: SearchHooks,
  ) => Promise<Result>;
  readonly report: (input: SearchInput, result: Result) => ReportFiles;
  readonly saveModel: (
    folder: string,
    input: SearchInput,
    result: Result,
    origin: ModelOrigin,
  ) => Promise<void>;
}

/** Where the model is among the run's artifacts: where the engine keeps the output of that name. */
const modelArtifact = 'outputs/best_model';

export async function runStep<Result extends SearchOutcome>(
  task: StepTask<Result>,
  step: AutoMLStep,
  around: StepSurroundings,
): Promise<Result> {
  checkOutputs(step.outputs);
  const { settings, notes } = settingsOf(step.definition, step.inputs);
  for (const note of [...notes, ...task.notes]) around.print(`Note: ${note}`);
  const input = await readInput(step, settings, around.print);
  const tracking = startTracking(settings, around);
  endTrialsInTime(tracking.tracker, around.signal);
  try {
    const search = task.search.bind(null, input, settings);
    const result = await searchAndTell(search, tracking, step.definition, around);
    await keepResult({ task, step, input, result, tracker: tracking.tracker }, around.print);
    for (const line of describeResult(result)) around.print(line);
    return result;
  } catch (error) {
    throw tracking.failure()?.error ?? error;
  } finally {
    await tracking.tracker.abandon();
  }
}

interface Kept<Result extends SearchOutcome> {
  readonly task: StepTask<Result>;
  readonly step: AutoMLStep;
  readonly input: SearchInput;
  readonly result: Result;
  readonly tracker: RunTracker;
}

async function keepResult<Result extends SearchOutcome>(
  kept: Kept<Result>,
  print: (line: string) => void,
): Promise<void> {
  const { task, step, input, result, tracker } = kept;
  const runIdOf = async (trial: SearchOutcome['best']) =>
    (await tracker.trialRunId(trial)) ?? trialName(trial);
  await writeJsonOutput(step.outputs, 'metrics_data', await metricsData(result, runIdOf));
  const board = leaderboardJson(result);
  await writeJsonOutput(step.outputs, 'leaderboard', board);
  await keepModel(kept);
  const { files: report, alerts } = task.report(input, result);
  for (const alert of alerts) print(`Look at this: ${alert}`);
  const folder = step.outputs.get('report');
  if (folder !== undefined) await writeFiles(folder, report);
  const files = new Map([['leaderboard.json', `${JSON.stringify(board, null, 2)}\n`]]);
  for (const [place, text] of report) files.set(`report/${place}`, text);
  await tracker.finish(result, files);
}

/** The engine keeps an output with the run; without the output, the model is kept there itself. */
async function keepModel<Result extends SearchOutcome>(kept: Kept<Result>): Promise<void> {
  const { task, step, input, result, tracker } = kept;
  const folder = step.outputs.get('best_model');
  const origin = { runId: tracker.runId, artifactPath: modelArtifact };
  if (folder !== undefined) return await task.saveModel(folder, input, result, origin);
  if (tracker.runId === null) return;
  await task.saveModel('best_model', input, result, origin);
  await tracker.keepFolder('best_model', modelArtifact);
}

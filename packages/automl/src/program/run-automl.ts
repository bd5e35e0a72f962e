// A step of type `automl`, from its definition to its outputs: data read, model searched for, every
// trial told to the tracking server, results kept.
import type { Table } from '@ridgeline/tabular';
import { readData } from '../data/read-data.ts';
import { holdOut } from '../data/hold-out.ts';
import { AutoMLError } from '../errors.ts';
import { leaderboardJson } from '../results/leaderboard-json.ts';
import { metricsData } from '../results/metrics-data.ts';
import { reportFiles } from '../results/report-files.ts';
import { saveBestModel } from '../results/save-best-model.ts';
import { search } from '../search/search.ts';
import type { SearchInput, SearchResult } from '../search/search-types.ts';
import type { GivenSettings } from '../settings/resolve-settings.ts';
import type { RunTracker } from '../tracking/run-tracker.ts';
import { trialName } from '../tracking/trial-log.ts';
import type { AutoMLDefinition } from './definition.ts';
import { settingsOf } from './definition-settings.ts';
import { checkOutputs, writeFiles, writeJsonOutput } from './outputs.ts';
import { describeResult } from './describe-result.ts';
import { progressPrinter } from './print-progress.ts';
import { startTracking } from './start-tracking.ts';

export interface AutoMLStep {
  readonly definition: AutoMLDefinition;
  /** Paths, or of a literal its value, by name. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

export interface StepSurroundings {
  readonly print: (line: string) => void;
  /** Ends the search with the best so far. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where the model is among the run's artifacts: where the engine keeps the output of that name. */
const modelArtifact = 'outputs/best_model';

export async function runAutoML(step: AutoMLStep, around: StepSurroundings): Promise<SearchResult> {
  checkOutputs(step.outputs);
  const { settings, notes } = settingsOf(step.definition, step.inputs);
  for (const note of notes) around.print(`Note: ${note}`);
  const input = await readInput(step, settings, around.print);
  const tracking = startTracking(settings, around);
  try {
    const result = await searchAndTell(input, settings, tracking, step.definition, around);
    await keepResult(step, input, result, tracking.tracker);
    for (const line of describeResult(result)) around.print(line);
    return result;
  } catch (error) {
    await tracking.tracker.abandon();
    throw tracking.failure()?.error ?? error;
  }
}

type Tracking = ReturnType<typeof startTracking>;

async function searchAndTell(
  input: SearchInput,
  settings: GivenSettings,
  { tracker, primaryMetric, signal }: Tracking,
  { logVerbosity: verbosity }: AutoMLDefinition,
  { print }: StepSurroundings,
): Promise<SearchResult> {
  const tell = progressPrinter({ primaryMetric, print, verbosity });
  return await search(input, settings, {
    signal,
    onProgress: tell.onProgress,
    onTrialStart: (trial) => {
      tracker.trialStarted(trial);
      tell.onTrialStart(trial);
    },
    onTrialEnd: (trial) => {
      tracker.trialEnded(trial);
      tell.onTrialEnd(trial);
    },
  });
}

async function keepResult(
  { definition, outputs }: AutoMLStep,
  input: SearchInput,
  result: SearchResult,
  tracker: RunTracker,
): Promise<void> {
  const runIdOf = async (trial: SearchResult['best']) =>
    (await tracker.trialRunId(trial)) ?? trialName(trial);
  await writeJsonOutput(outputs, 'metrics_data', await metricsData(result, runIdOf));
  const board = leaderboardJson(result);
  await writeJsonOutput(outputs, 'leaderboard', board);
  await keepModel(outputs, input, result, tracker);
  const isExplained = definition.training.enableModelExplainability ?? true;
  const report = await reportFiles(input, result, { explain: isExplained });
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

async function readInput(
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
      ? holdOut(all, { size, seed: settings.seed ?? 0, stratify: stratifyBy(settings) })
      : { train: all, test: given };
  return { train, ...(validation !== null && { validation }), ...(test !== null && { test }) };
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
  print(`Read ${name}: ${table.rowCount} rows, ${table.columnNames.length} columns`);
  return table;
}

function stratifyBy({ task, targetColumn }: GivenSettings): string | null {
  return task === 'classification' ? targetColumn : null;
}

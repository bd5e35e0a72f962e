// A search on this machine: data read, progress shown, result written. Ctrl-C ends it with the best
// so far.
import {
  type AutoMLSettings,
  type AutoMLTask,
  assertResultFolder,
  checkForecast,
  checkSettings,
  holdOut,
  holdOutLatest,
  liveProgress,
  type Preset,
  readData,
  type SearchInput,
  type SearchOutcome,
  search,
  searchForecast,
  writeForecastResult,
  writeResult,
} from '@ridgeline/automl';
import { CliError } from '../errors.ts';
import { reportSearch, type SearchReport } from './search-report.ts';

export interface AutoMLRequest {
  readonly target: string;
  readonly time?: number;
  readonly trials?: number;
  readonly task?: AutoMLTask;
  readonly metric?: string;
  readonly preset: Preset;
  readonly seed?: number;
  /** Data, or a share of the rows. */
  readonly test?: string;
  readonly validation?: string;
  readonly folds?: number;
  readonly allow?: readonly string[];
  readonly block?: readonly string[];
  readonly weight?: string;
  readonly positiveLabel?: string;
  readonly balanced?: boolean;
  readonly ignore?: readonly string[];
  readonly threads?: number;
  readonly maxLatency?: number;
  readonly maxModelBytes?: number;
  readonly timeColumn?: string;
  readonly series?: readonly string[];
  readonly horizon?: number;
  readonly output: string;
}

export interface AutoMLOutcome {
  readonly result: SearchOutcome;
  /** What a person should look at, one sentence each. */
  readonly alerts: readonly string[];
  readonly rowCount: number;
  /** The folder, as it was given. */
  readonly output: string;
}

export async function runAutoML(data: string, request: AutoMLRequest): Promise<AutoMLOutcome> {
  checkRequest(request);
  await assertResultFolder(request.output);
  const report = reportSearch(request.metric ?? 'score');
  const cancel = cancelByCtrlC();
  try {
    report.progress(`reading ${data}`);
    const input = await readInput(data, request);
    const { result, alerts } = await searchAndWrite(input, request, report, cancel.signal);
    report.end();
    return { result, alerts, rowCount: input.train.rowCount, output: request.output };
  } catch (error) {
    report.end();
    throw error;
  } finally {
    cancel.release();
  }
}

/** Before the data is read, which may take a while. */
function checkRequest(request: AutoMLRequest): void {
  const settings = settingsOf(request);
  const forecasting = forecastingOf(request);
  if (forecasting === null) checkSettings(settings);
  else checkForecast(settings, forecasting);
}

async function searchAndWrite(
  input: SearchInput,
  request: AutoMLRequest,
  report: SearchReport,
  signal: AbortSignal,
): Promise<Pick<AutoMLOutcome, 'result' | 'alerts'>> {
  const { onTrialEnd } = report;
  const { onProgress, end } = liveProgress(report.onProgress, { everyMs: 500 });
  const hooks = { onTrialEnd, onProgress, signal };
  const settings = settingsOf(request);
  const forecasting = forecastingOf(request);
  if (forecasting !== null) {
    const result = await searchForecast(input, settings, forecasting, hooks).finally(end);
    await writeForecastResult(request.output, result);
    return { result, alerts: [] };
  }
  const result = await search(input, settings, hooks).finally(end);
  report.progress('writing the report');
  return { result, alerts: await writeResult(request.output, input, result) };
}

/** Null for other tasks. @throws CliError */
function forecastingOf({ task, timeColumn, series, horizon }: AutoMLRequest) {
  if (task === 'forecasting') {
    if (timeColumn === undefined) {
      throw new CliError('USAGE', 'a forecast needs its time: add --time-column COLUMN');
    }
    return { timeColumn, seriesColumns: series ?? [], horizon: horizon ?? null };
  }
  if (timeColumn === undefined && series === undefined && horizon === undefined) return null;
  throw new CliError(
    'USAGE',
    '--time-column, --series and --horizon are of a forecast: add --task forecasting',
  );
}

async function readInput(data: string, request: AutoMLRequest): Promise<SearchInput> {
  const all = await readData(data);
  const { test, seed = 0, validation, target, task } = request;
  const size = shareOf(test);
  const stratify = task === 'classification' ? target : null;
  const forecasting = forecastingOf(request);
  const held =
    size === null
      ? null
      : forecasting === null
        ? holdOut(all, { size, seed, stratify })
        : holdOutLatest(all, forecasting.timeColumn, size);
  const judged = test !== undefined && size === null ? await readData(test) : held?.test;
  return {
    train: held?.train ?? all,
    ...(judged !== undefined && { test: judged }),
    ...(validation !== undefined && { validation: await readData(validation) }),
  };
}

/** Null for what names data. */
function shareOf(test: string | undefined): number | null {
  const share = Number(test);
  return test !== undefined && test.trim() !== '' && share > 0 && share < 1 ? share : null;
}

function settingsOf(
  request: AutoMLRequest,
): Partial<AutoMLSettings> & Pick<AutoMLSettings, 'targetColumn'> {
  const { ignore = [] } = request;
  const given = {
    task: request.task,
    primaryMetric: request.metric,
    timeBudgetSeconds: request.time,
    maxTrials: request.trials,
    seed: request.seed,
    crossValidations: request.folds,
    allowedLearners: request.allow,
    blockedLearners: request.block,
    weightColumn: request.weight,
    positiveLabel: request.positiveLabel,
    classWeight: request.balanced === true ? ('balanced' as const) : undefined,
    maxConcurrentTrials: request.threads,
    maxLatencyMicroseconds: request.maxLatency,
    maxModelBytes: request.maxModelBytes,
    featurization: ignore.length === 0 ? undefined : ignoring(ignore),
  };
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(said), targetColumn: request.target, preset: request.preset };
}

function ignoring(dropColumns: readonly string[]): AutoMLSettings['featurization'] {
  return { mode: 'custom', columnTypes: new Map(), dropColumns, blockedTransformers: [] };
}

/** The second Ctrl-C ends the process, as ever. */
function cancelByCtrlC() {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const release = () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  return { signal: controller.signal, release };
}

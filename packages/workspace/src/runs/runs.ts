// The runs of a workspace and what is logged to them. Every change is on disk when its promise
// resolves. Knows nothing of files: artifacts are the artifact store's.
import { randomUUID } from 'node:crypto';
import { type ChangeSink, silent } from '../changes/change.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { rewriteLineageFrom } from '../lineage/version-lineage.ts';
import { writeModelMetrics } from '../logged-models/log-model-metrics.ts';
import type { Page, PageRequest } from '../search/page.ts';
import {
  checkBatch,
  checkTag,
  isOfMetricsOnly,
  type LogBatch,
  type NewMetric,
} from './check-batch.ts';
import { type CreateRun, checkRun, checkRunId, insertRun } from './create-run.ts';
import { type DatasetSummary, datasetSummaries } from './dataset-summaries.ts';
import { checkInputs, type NewDatasetInput, writeInputs } from './log-inputs.ts';
import { logMetrics, type MetricsCall } from './log-metrics.ts';
import { checkModelArrows, type NewModelOutput, writeModelArrows } from './log-models.ts';
import { metricHistory } from './metric-history.ts';
import { type MetricOfRun, type MetricSampling, sampleMetrics } from './metric-sample.ts';
import { modelHistoryTag } from './model-history-tag.ts';
import { activeRunRow, runRow, tagValues, withData } from './read-runs.ts';
import type { Metric, Run } from './run.ts';
import { publishBatch, runCreated, runUpdated } from './run-changes.ts';
import { checkRunSearch, type RunSearch, searchLong, searchShort } from './search-runs.ts';
import { checkUpdate, deleteRun, restoreRun, type UpdateRun, updateRun } from './update-run.ts';
import { writeBatch, writeTags } from './write-batch.ts';

export interface RunsOptions {
  readonly database: WorkspaceDatabase;
  readonly clock?: Clock;
  readonly changes?: ChangeSink;
  /** Makes the ids: 32 hexadecimal digits, never the same twice. */
  readonly newId?: () => string;
}

export class Runs {
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;
  readonly #changes: ChangeSink;
  readonly #newId: () => string;
  readonly #logMetrics: (call: MetricsCall) => Promise<void>;

  constructor(options: RunsOptions) {
    this.#database = options.database;
    this.#logMetrics = options.database.writeTogether(logMetrics);
    this.#clock = options.clock ?? systemClock;
    this.#changes = options.changes ?? silent;
    this.#newId = options.newId ?? (() => randomUUID().replaceAll('-', ''));
  }

  /**
   * The run begins as RUNNING.
   * @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE, RESOURCE_ALREADY_EXISTS
   */
  async create(run: CreateRun): Promise<Run> {
    const runId = checkRunId(run.runId ?? this.#newId());
    const checked = checkRun(run, runId, this.#clock());
    await this.#database.write((writer) => insertRun(writer, runId, checked));
    this.#changes.publish(runCreated(runId, checked));
    return this.get(runId);
  }

  /**
   * The run with this id; begun as RUNNING where there is none. For a caller that notes the id
   * before the run is made, so that being cut off in between loses nothing.
   * @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
   */
  async ensure(runId: string, run: CreateRun): Promise<Run> {
    const checked = checkRun(run, runId, this.#clock());
    const isNew = await this.#database.write(async (writer) => {
      const query = writer.selectFrom('runs').select('run_uuid').where('run_uuid', '=', runId);
      if ((await query.executeTakeFirst()) !== undefined) return false;
      await insertRun(writer, runId, checked);
      return true;
    });
    if (isNew) this.#changes.publish(runCreated(runId, checked));
    return this.get(runId);
  }

  /** Deleted ones too. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async get(runId: string): Promise<Run> {
    return this.#database.read(async (reader) => {
      const [run] = await withData(reader, [await runRow(reader, runId)]);
      if (run === undefined) throw new Error('one row makes one run');
      return run;
    });
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async experimentIdOf(runId: string): Promise<string> {
    const row = await this.#database.read((reader) => runRow(reader, runId));
    return String(row.experiment_id);
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async update(runId: string, change: UpdateRun): Promise<Run> {
    const checked = checkUpdate(change);
    await this.#database.write((writer) => updateRun(writer, runId, checked));
    this.#changes.publish(runUpdated(runId, change));
    return this.get(runId);
  }

  /** Hides the run. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async delete(runId: string): Promise<void> {
    await this.#database.write((writer) => deleteRun(writer, runId, this.#clock()));
    this.#changes.publish({ kind: 'run', action: 'deleted', runId });
  }

  /** Shows a deleted run again. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async restore(runId: string): Promise<void> {
    await this.#database.write((writer) => restoreRun(writer, runId));
    this.#changes.publish({ kind: 'run', action: 'restored', runId });
  }

  /** Logs all of it or nothing. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async logBatch(runId: string, batch: LogBatch): Promise<void> {
    const checked = checkBatch(batch, this.#clock());
    if (isOfMetricsOnly(checked)) await this.#logMetrics({ runId, metrics: checked.metrics });
    else {
      await this.#database.write(async (writer) => {
        await writeBatch(writer, await activeRunRow(writer, runId), checked);
        await writeModelMetrics(writer, runId, checked.metrics);
      });
    }
    publishBatch(this.#changes, runId, checked);
  }

  async logMetric(runId: string, metric: NewMetric): Promise<void> {
    await this.logBatch(runId, { metrics: [metric] });
  }

  /** A param is written once: the same value again is fine, another one is refused. */
  async logParam(runId: string, key: string, value: string): Promise<void> {
    await this.logBatch(runId, { params: [{ key, value }] });
  }

  /** The last value of a tag is its value. */
  async setTag(runId: string, key: string, value: string): Promise<void> {
    await this.logBatch(runId, { tags: [checkTag({ key, value })] });
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the run, or for the tag */
  async deleteTag(runId: string, key: string): Promise<void> {
    await this.#database.write(async (writer) => {
      await activeRunRow(writer, runId);
      const { numDeletedRows } = await writer
        .deleteFrom('tags')
        .where('run_uuid', '=', runId)
        .where('key', '=', key)
        .executeTakeFirst();
      if (numDeletedRows > 0n) return;
      const message = `No tag with name: ${key} in run with id ${runId}`;
      throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
    });
    this.#changes.publish({ kind: 'tags', runId, keys: [key] });
  }

  /** The value of one tag of many runs, by run; those without it, or that are not there, are not. */
  async tagValues(runIds: readonly string[], key: string): Promise<ReadonlyMap<string, string>> {
    return this.#database.read((reader) => tagValues(reader, runIds, key));
  }

  /**
   * Which data and which logged models the run has used.
   * @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
   */
  async logInputs(
    runId: string,
    inputs: readonly NewDatasetInput[],
    modelIds: readonly string[] = [],
  ): Promise<void> {
    const checked = checkInputs(inputs);
    const models = modelIds.map((modelId) => ({ modelId }));
    const arrows = checkModelArrows('INPUT', models);
    await this.#database.write(async (writer) => {
      await writeInputs(writer, await activeRunRow(writer, runId), checked, this.#newId);
      await rewriteLineageFrom(writer, runId);
      await writeModelArrows(writer, runId, arrows, this.#newId);
    });
    this.#changes.publish({ kind: 'run', action: 'updated', runId });
  }

  /** Which logged models the run has made. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async logOutputs(runId: string, models: readonly NewModelOutput[]): Promise<void> {
    const arrows = checkModelArrows('OUTPUT', models);
    await this.#database.write(async (writer) => {
      await activeRunRow(writer, runId);
      await writeModelArrows(writer, runId, arrows, this.#newId);
    });
    this.#changes.publish({ kind: 'run', action: 'updated', runId });
  }

  /** Adds to the tag in which MLflow's clients before 3.0 keep what they log. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async recordModel(runId: string, model: object): Promise<void> {
    await this.#database.write(async (writer) => {
      const run = await activeRunRow(writer, runId);
      await writeTags(writer, run, [await modelHistoryTag(writer, runId, model)]);
    });
    this.#changes.publish({ kind: 'run', action: 'updated', runId });
  }

  /** Which datasets the runs of these experiments have used, by name; 1,000 at most. */
  async searchDatasets(experimentIds: readonly string[]): Promise<readonly DatasetSummary[]> {
    return this.#database.read((reader) => datasetSummaries(reader, experimentIds));
  }

  /**
   * Points of one metric of several runs: of each run at most `maxResults`, taken evenly, the first
   * and the last among them.
   * @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
   */
  async sampleMetrics(request: MetricSampling): Promise<readonly MetricOfRun[]> {
    return this.#database.read((reader) => sampleMetrics(reader, request));
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE */
  async search(search: RunSearch): Promise<Page<Run>> {
    const checked = checkRunSearch(search);
    const short = await this.#database.read(async (reader) => {
      const page = await searchShort(reader, checked);
      return page && { ...page, items: await withData(reader, page.items) };
    });
    if (short !== null) return short;
    return this.#database.readAside(async (reader) => {
      const page = await searchLong(reader, checked);
      return { ...page, items: await withData(reader, page.items) };
    });
  }

  /** Oldest first, 25,000 a page at most. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async metricHistory(runId: string, key: string, page: PageRequest = {}): Promise<Page<Metric>> {
    return this.#database.read(async (reader) => {
      await runRow(reader, runId);
      return metricHistory(reader, runId, key, page);
    });
  }
}

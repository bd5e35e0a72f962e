// The runs of a workspace: how they begin, change, and what is logged to them. Every change is on disk
// when its promise resolves. Knows nothing of files: artifacts are the artifact store's.
import { randomUUID } from 'node:crypto';
import { type ChangeSink, silent } from '../changes/change.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { loggedModelSources, writeRunSources } from '../lineage/run-sources.ts';
import { rewriteLineageFrom } from '../lineage/version-lineage.ts';
import { writeModelMetrics } from '../logged-models/log-model-metrics.ts';
import {
  checkBatch,
  checkTag,
  isOfMetricsOnly,
  type LogBatch,
  type NewMetric,
} from './check-batch.ts';
import { type CreateRun, checkRun, checkRunId, insertRun } from './create-run.ts';
import { checkInputs, type NewDatasetInput, writeInputs } from './log-inputs.ts';
import { logMetrics, type MetricsCall } from './log-metrics.ts';
import { checkModelArrows, type NewModelOutput, writeModelArrows } from './log-models.ts';
import { modelHistoryTag } from './model-history-tag.ts';
import { activeRunRow } from './read-runs.ts';
import type { Run } from './run.ts';
import { publishBatch, runCreated, runUpdated } from './run-changes.ts';
import { RunFinder } from './run-finder.ts';
import {
  checkUpdate,
  deleteRun,
  deleteTag,
  restoreRun,
  type UpdateRun,
  updateRun,
} from './update-run.ts';
import { writeBatch, writeTags } from './write-batch.ts';

export interface RunsOptions {
  readonly database: WorkspaceDatabase;
  readonly clock?: Clock;
  readonly changes?: ChangeSink;
  /** Makes the ids: 32 hexadecimal digits, never the same twice. */
  readonly newId?: () => string;
}

export class Runs extends RunFinder {
  readonly #clock: Clock;
  readonly #changes: ChangeSink;
  readonly #newId: () => string;
  readonly #logMetrics: (call: MetricsCall) => Promise<void>;

  constructor(options: RunsOptions) {
    super(options.database);
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
    await this.database.write((writer) => insertRun(writer, runId, checked));
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
    const isNew = await this.database.write(async (writer) => {
      const query = writer.selectFrom('runs').select('run_uuid').where('run_uuid', '=', runId);
      if ((await query.executeTakeFirst()) !== undefined) return false;
      await insertRun(writer, runId, checked);
      return true;
    });
    if (isNew) this.#changes.publish(runCreated(runId, checked));
    return this.get(runId);
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async update(runId: string, change: UpdateRun): Promise<Run> {
    const checked = checkUpdate(change);
    await this.database.write((writer) => updateRun(writer, runId, checked));
    this.#changes.publish(runUpdated(runId, change));
    return this.get(runId);
  }

  /** Hides the run. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async delete(runId: string): Promise<void> {
    await this.database.write((writer) => deleteRun(writer, runId, this.#clock()));
    this.#changes.publish({ kind: 'run', action: 'deleted', runId });
  }

  /** Shows a deleted run again. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async restore(runId: string): Promise<void> {
    await this.database.write((writer) => restoreRun(writer, runId));
    this.#changes.publish({ kind: 'run', action: 'restored', runId });
  }

  /** Logs all of it or nothing. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async logBatch(runId: string, batch: LogBatch): Promise<void> {
    const checked = checkBatch(batch, this.#clock());
    if (isOfMetricsOnly(checked)) await this.#logMetrics({ runId, metrics: checked.metrics });
    else {
      await this.database.write(async (writer) => {
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
    await this.database.write((writer) => deleteTag(writer, runId, key));
    this.#changes.publish({ kind: 'tags', runId, keys: [key] });
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
    await this.database.write(async (writer) => {
      await writeInputs(writer, await activeRunRow(writer, runId), checked, this.#newId);
      await writeModelArrows(writer, runId, arrows, this.#newId);
      await writeRunSources(writer, runId, loggedModelSources(modelIds));
      await rewriteLineageFrom(writer, runId);
    });
    this.#changes.publish({ kind: 'run', action: 'updated', runId });
  }

  /** Which logged models the run has made. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async logOutputs(runId: string, models: readonly NewModelOutput[]): Promise<void> {
    const arrows = checkModelArrows('OUTPUT', models);
    await this.database.write(async (writer) => {
      await activeRunRow(writer, runId);
      await writeModelArrows(writer, runId, arrows, this.#newId);
    });
    this.#changes.publish({ kind: 'run', action: 'updated', runId });
  }

  /** Adds to the tag in which MLflow's clients before 3.0 keep what they log. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async recordModel(runId: string, model: object): Promise<void> {
    await this.database.write(async (writer) => {
      const run = await activeRunRow(writer, runId);
      await writeTags(writer, run, [await modelHistoryTag(writer, runId, model)]);
    });
    this.#changes.publish({ kind: 'run', action: 'updated', runId });
  }
}

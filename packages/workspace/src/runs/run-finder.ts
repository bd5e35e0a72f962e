// How runs are found, and what was logged to them is read. Nothing changes here.
import type { Transaction } from 'kysely';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { Page, PageRequest } from '../search/page.ts';
import { type DatasetSummary, datasetSummaries } from './dataset-summaries.ts';
import { metricHistory } from './metric-history.ts';
import {
  isLongSample,
  type MetricOfRun,
  type MetricSampling,
  sampleMetrics,
} from './metric-sample.ts';
import { runRow, tagValues, withData } from './read-runs.ts';
import type { Metric, Run } from './run.ts';
import type { RunTables } from './run-tables.ts';
import { checkRunSearch, type RunSearch, searchLong, searchShort } from './search-runs.ts';

export class RunFinder {
  protected readonly database: WorkspaceDatabase;

  constructor(database: WorkspaceDatabase) {
    this.database = database;
  }

  /** Deleted ones too. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async get(runId: string): Promise<Run> {
    return this.database.read(async (reader) => {
      const [run] = await withData(reader, [await runRow(reader, runId)]);
      if (run === undefined) throw new Error('one row makes one run');
      return run;
    });
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async experimentIdOf(runId: string): Promise<string> {
    const row = await this.database.read((reader) => runRow(reader, runId));
    return String(row.experiment_id);
  }

  /** The value of one tag of many runs, by run; those without it, or that are not there, are not. */
  async tagValues(runIds: readonly string[], key: string): Promise<ReadonlyMap<string, string>> {
    return this.database.read((reader) => tagValues(reader, runIds, key));
  }

  /** Which datasets the runs of these experiments have used, by name; 1,000 at most. */
  async searchDatasets(experimentIds: readonly string[]): Promise<readonly DatasetSummary[]> {
    return this.database.read((reader) => datasetSummaries(reader, experimentIds));
  }

  /**
   * Points of one metric of several runs: of each run at most `maxResults`, taken evenly, the first
   * and the last among them.
   * @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
   */
  async sampleMetrics(request: MetricSampling): Promise<readonly MetricOfRun[]> {
    const isLong = await this.database.read((reader) => isLongSample(reader, request));
    const sample = (reader: Transaction<RunTables>) => sampleMetrics(reader, request);
    return isLong ? this.database.readAside(sample) : this.database.read(sample);
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE */
  async search(search: RunSearch): Promise<Page<Run>> {
    const checked = checkRunSearch(search);
    const short = await this.database.read(async (reader) => {
      const page = await searchShort(reader, checked);
      return page && { ...page, items: await withData(reader, page.items) };
    });
    if (short !== null) return short;
    return this.database.readAside(async (reader) => {
      const page = await searchLong(reader, checked);
      return { ...page, items: await withData(reader, page.items) };
    });
  }

  /** Oldest first, 25,000 a page at most. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async metricHistory(runId: string, key: string, page: PageRequest = {}): Promise<Page<Metric>> {
    return this.database.read(async (reader) => {
      await runRow(reader, runId);
      return metricHistory(reader, runId, key, page);
    });
  }
}

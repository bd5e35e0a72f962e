// Finds runs for the run history: by id, below another one, and by what a filter says.
import type { Job } from '@ridgeline/jobs';
import { RidgelineError, type Run } from '@ridgeline/workspace';
import type { ServerContext } from '../server-context.ts';
import { checkRunFilter, matchesRun, namesParents } from './run-filter/match-run.ts';
import { parseRunFilter } from './run-filter/run-filter-parser.ts';
import { ofJob, ofRun, ofStep, type RunRecord, tagsOf } from './run-record.ts';

/** How many runs of an experiment a filter is held against, the newest first. */
const maxScanned = 10_000;
const pageSize = 1_000;
const maxListedJobs = 1_000;
/** A user's runs can stand below one another without end. */
const maxLevels = 8;

export interface FoundRun {
  readonly record: RunRecord;
  /** The job whose root run it is, or whose step. */
  readonly job: Job | null;
  /** The name of the step that it is the run of. */
  readonly step: string | null;
}

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function findRun(context: ServerContext, runId: string): Promise<FoundRun> {
  const own = await jobOf(context, runId);
  if (own !== null) return { record: ofJob(own), job: own, step: null };
  const run = await context.workspace.runs.get(runId);
  const job = await jobAbove(context, ofRun(run).parentRunId);
  const step = job?.steps.find((each) => each.runId === runId);
  if (job === null || step === undefined) return { record: ofRun(run), job: null, step: null };
  return { record: ofStep(job, step, run), job, step: step.name };
}

/** The job that a run stands under: directly, or as a trial of a sweep or a turn of a loop. */
async function jobAbove(context: ServerContext, parentRunId: string | null): Promise<Job | null> {
  let above = parentRunId;
  for (let level = 0; level < maxLevels && above !== null; level += 1) {
    const job = await jobOf(context, above);
    if (job !== null) return job;
    above = await parentOf(context, above);
  }
  return null;
}

/** Null where a user has deleted the run, too. */
async function parentOf({ workspace }: ServerContext, runId: string): Promise<string | null> {
  try {
    return ofRun(await workspace.runs.get(runId)).parentRunId;
  } catch (error) {
    if (error instanceof RidgelineError && error.status === 404) return null;
    throw error;
  }
}

/** The steps of a job, or of a step that makes others, that have begun, in their order; the child
 * runs of any other run. */
export async function childrenOf(
  context: ServerContext,
  runId: string,
): Promise<readonly RunRecord[]> {
  const { record, job, step } = await findRun(context, runId);
  const below = job?.steps.filter(({ parent }) => parent === step) ?? [];
  if (job === null || (step !== null && below.length === 0)) {
    const filter = `tags.\`mlflow.parentRunId\` = '${record.runId}'`;
    const experimentIds = [record.experimentId];
    const page = await context.workspace.runs.search({ experimentIds, filter });
    return page.items.map(ofRun);
  }
  const begun = below.flatMap((each) =>
    each.runId === null ? [] : [{ step: each, runId: each.runId }],
  );
  return Promise.all(
    begun.map(async (each) => ofStep(job, each.step, await context.workspace.runs.get(each.runId))),
  );
}

export interface RunQuery {
  readonly filter: string;
  readonly top: number;
  readonly skip: number;
}

/**
 * The runs of an experiment that a filter asks for, the newest first. Runs below others are only
 * among them where the filter speaks of such: else a step would stand beside its job.
 * @throws ServerError INVALID_PARAMETER_VALUE
 */
export async function queryRuns(
  context: ServerContext,
  experiment: { readonly id: string; readonly name: string },
  { filter: text, top, skip }: RunQuery,
): Promise<{ readonly records: readonly RunRecord[]; readonly hasMore: boolean }> {
  const filter = parseRunFilter(text);
  checkRunFilter(filter, text);
  const withChildren = namesParents(filter);
  const jobs = await jobsOf(context, experiment.name);
  const found: RunRecord[] = [];
  for await (const run of runsOf(context, experiment.id)) {
    const job = jobs.get(run.info.run_id);
    const record = job === undefined ? ofRun(run) : ofJob(job, tagsOf(run.data));
    if (record.parentRunId !== null && !withChildren && job === undefined) continue;
    if (matchesRun(record, filter)) found.push(record);
    if (found.length > skip + top) break;
  }
  return { records: found.slice(skip, skip + top), hasMore: found.length > skip + top };
}

async function jobsOf({ jobs }: ServerContext, experimentName: string) {
  const found = await jobs.list({ experimentName, limit: maxListedJobs });
  return new Map(found.map((job) => [job.id, job]));
}

async function* runsOf({ workspace }: ServerContext, experimentId: string): AsyncGenerator<Run> {
  let pageToken: string | undefined;
  for (let scanned = 0; scanned < maxScanned; scanned += pageSize) {
    const page = await workspace.runs.search({
      experimentIds: [experimentId],
      maxResults: pageSize,
      ...(pageToken !== undefined && { pageToken }),
    });
    yield* page.items;
    if (page.nextPageToken === null) return;
    pageToken = page.nextPageToken;
  }
}

async function jobOf({ jobs }: ServerContext, id: string): Promise<Job | null> {
  try {
    return await jobs.get(id);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'JOB_NOT_FOUND') return null;
    throw error;
  }
}

// Takes the result of an earlier step over: its artifacts, what it has logged, and what it had
// written on the root run of its job. Afterwards nobody can tell the step from one that has run, but
// by the tag of its run and by what the step says of itself.
import { constants } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Metric, Page, Workspace } from '@ridgeline/workspace';
import { type Attempt, attemptFolder, type StepOfJob } from '../engine/attempt.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import { recordLineage } from '../engine/lineage.ts';
import { makeRun } from '../engine/start-attempt.ts';
import { type CompletedRuns, stepInputValues } from '../engine/step-inputs.ts';
import type { EarlierStep } from './reuse-store.ts';
import { replayRootWrite } from './root-write.ts';

/** The tag of a run that names the run whose result it has. */
export const reusedFromTag = 'ridgeline.reused_from';

/** @throws RidgelineError where what is to be taken is gone in the meantime */
export async function takeResult(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  earlier: EarlierStep,
  completedRuns: CompletedRuns,
): Promise<void> {
  const { workspace } = context;
  const { runId } = attempt;
  const origin = (earlier.origin ?? earlier).runId;
  const tags = { ...stepOfJob.tags, [reusedFromTag]: origin };
  await makeRun(context, { ...stepOfJob, tags }, attempt);
  await copyArtifacts(workspace, earlier.runId, runId, attemptFolder(context, attempt).outputs);
  await copyLogged(workspace, earlier.runId, runId);
  const { resolvedInputs } = stepOfJob;
  const inputs = await stepInputValues(workspace, stepOfJob.step, resolvedInputs, completedRuns);
  await recordLineage(workspace, { ...attempt, inputs });
  for (const write of (await context.reuse.rootWrites(earlier.runId)) ?? []) {
    await replayRootWrite(workspace, attempt.jobId, write);
    // So that a later step can reuse this one in turn.
    await context.reuse.noteRootWrite(runId, write);
  }
}

async function copyArtifacts(
  { artifacts }: Workspace,
  from: string,
  to: string,
  staging: string,
): Promise<void> {
  await mkdir(staging, { recursive: true });
  // Where the file system can, the copy shares its blocks until one of the two changes.
  const mode = constants.COPYFILE_FICLONE;
  for (const { path: place } of await artifacts.list(from)) {
    const staged = path.join(staging, place);
    await cp(await artifacts.localPath(from, place), staged, { recursive: true, mode });
    await artifacts.adoptFolder(to, place, staged);
  }
}

const perBatch = { metrics: 1_000, pairs: 100 } as const;

async function copyLogged(workspace: Workspace, from: string, to: string): Promise<void> {
  const { data } = await workspace.runs.get(from);
  for (const { key } of data.metrics) await copyMetric(workspace, from, to, key);
  const tags = data.tags.filter(({ key }) => !/^(mlflow|ridgeline)\./.test(key));
  for (const part of parts(data.params, perBatch.pairs)) {
    await workspace.runs.logBatch(to, { params: part });
  }
  for (const part of parts(tags, perBatch.pairs)) await workspace.runs.logBatch(to, { tags: part });
}

async function copyMetric(
  { runs }: Workspace,
  from: string,
  to: string,
  key: string,
): Promise<void> {
  let pageToken: string | null = null;
  do {
    const request = pageToken === null ? {} : { pageToken };
    const page: Page<Metric> = await runs.metricHistory(from, key, request);
    for (const part of parts<Metric>(page.items, perBatch.metrics)) {
      await runs.logBatch(to, { metrics: part });
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== null);
}

function* parts<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
